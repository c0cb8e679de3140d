package question

import (
	"context"
	"crypto/sha256"
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/portability"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// worldQuery reads everything that portability is concluded from, as far as the
// viewer may see it.
const worldQuery = `query World {
  layers { nodes { key ordinal } }
  practices { nodes { key actor layers { nodes { key } } requires { nodes { key } } dependsOn { nodes { key } } } }
  platforms { nodes { key aliases operatedBy ... on Provider { runs { nodes { key } } } } }
  capabilities { nodes { key name kind } }
  offers { nodes { key state note basis unverified sources { uri path line revision kind } platform { key } capability { key } } }
  implementations { nodes { key mechanism how basis unverified sources { uri path line revision kind } practice { key } platform { key } } }
  portabilityNotes { nodes {
    key verdict reasons { kind text verdict } conditions effortDays { min max } observedOn expiresOn basis unverified
    sources { uri path line revision kind } practice { key } from { key } to { key }
    confirmations { nodes { key on testedVersion } }
  } }
  lockIns { nodes { key platform { key } practices { nodes { key } } } }
}`

// world is what the viewer may know about portability, ready to be asked a call.
type world struct {
	*portability.World
	// types says whether a platform is a Solution or a Provider.
	types map[string]string
	call  *Call
	// matrices are those that were worked out whole; nil for a world that is not kept.
	matrices *lru.Cache[[sha256.Size]byte, map[portability.Move]portability.Tally]
}

// Matrices that are kept with a world, and the most cells of each.
const (
	keptMatrices = 4
	keptCells    = 10_000
)

// read reads the world of a call, or takes it from those that were read before.
func (a *Asker) read(ctx context.Context, c Call) (*world, error) {
	known, err := a.worlds.get(ctx, worldKey(c), func() (*world, int, error) { return a.readWorld(ctx, c) })
	if err != nil {
		return nil, err
	}
	w := *known
	w.call = &c
	return &w, nil
}

// readWorld reads the world of a call from the map, and says how many facts it holds.
func (a *Asker) readWorld(ctx context.Context, c Call) (*world, int, error) {
	op, err := a.world.Compile(compile.Request{Viewer: c.Guard.Viewer, Now: c.Guard.Now})
	if err != nil {
		return nil, 0, fmt.Errorf("BUG: %w", err)
	}
	answer, err := c.View.Run(ctx, op.Plan)
	if err != nil {
		return nil, 0, err
	}
	matrices, err := lru.New[[sha256.Size]byte, map[portability.Move]portability.Tally](keptMatrices)
	if err != nil {
		return nil, 0, fmt.Errorf("BUG: %w", err)
	}
	w := &world{types: map[string]string{}, matrices: matrices}
	in := w.input(op, answer)
	w.World = portability.NewWorld(in, portability.Config{Now: c.Guard.Now, Fold: text.Fold})
	return w, len(in.Practices) + len(in.Platforms) + len(in.Capabilities) + len(in.Offers) + len(in.Implementations) + len(in.Notes), nil
}

// input makes the reasoning's input of what was read.
func (w *world) input(op *compile.Operation, answer *plan.Answer) portability.Input {
	var in portability.Input
	for _, f := range facts(op, answer, "layers") {
		in.Layers = append(in.Layers, portability.Layer{Key: f.text("key"), Ordinal: f.number("ordinal")})
	}
	for _, f := range facts(op, answer, "practices") {
		in.Practices = append(in.Practices, portability.Practice{
			Key: f.text("key"), Actor: portability.Actor(f.text("actor")), Requires: f.many("requires"), DependsOn: f.many("dependsOn"),
			Layers: f.many("layers"),
		})
	}
	for _, f := range facts(op, answer, "platforms") {
		w.types[f.text("key")] = f.row.Type.Name
		in.Platforms = append(in.Platforms, portability.Platform{
			Key: f.text("key"), Kind: platformKinds[f.row.Type.Name], Aliases: f.texts("aliases"),
			Runs: f.many("runs"), OperatedBy: portability.OperatedBy(f.text("operatedBy")),
		})
	}
	for _, f := range facts(op, answer, "capabilities") {
		in.Capabilities = append(in.Capabilities, portability.Capability{
			Key: f.text("key"), Name: f.text("name"), Kind: portability.CapabilityKind(f.text("kind")),
		})
	}
	addStated(&in, op, answer)
	for _, f := range facts(op, answer, "portabilityNotes") {
		in.Notes = append(in.Notes, noteOf(f))
	}
	for _, f := range facts(op, answer, "lockIns") {
		in.LockIns = append(in.LockIns, portability.LockIn{Key: f.text("key"), Platform: f.one("platform"), Practices: f.many("practices")})
	}
	return in
}

// addStated adds what platforms state: offers and implementations.
func addStated(in *portability.Input, op *compile.Operation, answer *plan.Answer) {
	for _, f := range facts(op, answer, "offers") {
		in.Offers = append(in.Offers, portability.Offer{
			Key: f.text("key"), Platform: f.one("platform"), Capability: f.one("capability"),
			State: portability.OfferState(f.text("state")), Note: f.text("note"),
			Basis: portability.EvidenceBasis(f.text("basis")), Unverified: f.flag("unverified"), Sources: sourcesOf(f),
		})
	}
	for _, f := range facts(op, answer, "implementations") {
		in.Implementations = append(in.Implementations, portability.Implementation{
			Key: f.text("key"), Practice: f.one("practice"), Platform: f.one("platform"),
			Mechanism: f.text("mechanism"), How: f.text("how"),
			Basis: portability.EvidenceBasis(f.text("basis")), Unverified: f.flag("unverified"), Sources: sourcesOf(f),
		})
	}
}

func noteOf(f fact) portability.Note {
	n := portability.Note{
		Key: f.text("key"), Practice: f.one("practice"), From: f.one("from"), To: f.one("to"),
		Verdict: portability.ParseVerdict(f.text("verdict")), Conditions: f.texts("conditions"),
		ObservedOn: f.text("observedOn"), ExpiresOn: f.text("expiresOn"),
		Basis: portability.EvidenceBasis(f.text("basis")), Unverified: f.flag("unverified"), Sources: sourcesOf(f),
	}
	for _, r := range f.objects("reasons") {
		n.Reasons = append(n.Reasons, portability.Reason{
			Kind: portability.ReasonKind(r[0].(string)), Text: r[1].(string), Verdict: portability.ParseVerdict(r[2].(string)),
		})
	}
	for _, c := range f.linked("confirmations") {
		n.Confirmations = append(n.Confirmations, portability.Confirmation{Key: c.text("key"), On: c.text("on"), Version: c.text("testedVersion")})
	}
	if e, ok := f.value("effortDays").(record.Object); ok {
		n.EffortDays = &portability.EffortRange{Min: int(e[0].(int64)), Max: int(e[1].(int64))}
	}
	return n
}

// platformKinds are the kinds of platforms by the type of their record.
var platformKinds = map[string]portability.PlatformKind{"Solution": portability.Solution, "Provider": portability.Provider}

func sourcesOf(f fact) []portability.Source {
	var out []portability.Source
	for _, s := range f.objects("sources") {
		source := portability.Source{URI: s[0].(string), Kind: s[4].(string)}
		source.Path, _ = s[1].(string)
		if line, ok := s[2].(int64); ok {
			source.Line = int(line)
		}
		source.Revision, _ = s[3].(string)
		out = append(out, source)
	}
	return out
}
