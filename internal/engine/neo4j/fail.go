package neo4j

import (
	"context"
	"errors"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/open-operations/opsmap/internal/fault"
)

// failure is what an error of the driver means to a caller. Its message names no
// address: it is shown to whoever asked. What happened is in the cause.
func failure(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var known *fault.Error
	var server *driver.Neo4jError
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fault.Wrap(fault.Timeout, errors.Join(ctx.Err(), err), "the store did not answer in time")
	case ctx.Err() != nil:
		return errors.Join(ctx.Err(), err)
	case errors.As(err, &server):
		return serverFailure(server)
	case isLost(err):
		return fault.Wrap(fault.Unavailable, err, "the store cannot be reached at the moment; try again")
	default:
		return err
	}
}

func serverFailure(err *driver.Neo4jError) error {
	switch {
	case strings.HasPrefix(err.Code, "Neo.ClientError.Transaction.TransactionTimedOut"),
		err.Code == "Neo.ClientError.Transaction.Terminated", err.Code == "Neo.TransientError.Transaction.Terminated":
		return fault.Wrap(fault.Timeout, err, "the store stopped working on this: it took too long")
	case strings.HasPrefix(err.Code, "Neo.ClientError.Security."):
		return fault.Wrap(fault.Unavailable, err, "the store does not let us in")
	case strings.HasPrefix(err.Code, "Neo.TransientError."), err.Code == "Neo.ClientError.Cluster.NotALeader",
		err.Code == "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", strings.HasPrefix(err.Code, "Neo.ClientError.Database."):
		return fault.Wrap(fault.Unavailable, err, "the store cannot do this at the moment; try again")
	default:
		return err
	}
}

// isLost reports that the connection went or could not be had. Of a write under
// way it is not known then what came of it.
func isLost(err error) bool {
	var lost *driver.ConnectivityError
	var given *driver.TransactionExecutionLimit
	return errors.As(err, &lost) || errors.As(err, &given)
}
