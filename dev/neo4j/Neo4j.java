// Runs the Neo4j Community kernel with Bolt in this process: no installation, no container.
//
//   java -Xmx1g -cp 'lib/*' Neo4j.java --data DIR [--bolt 127.0.0.1:7687] [--password PW] [--plans kept] [--remove DIR]
//
// Prints "ready bolt://HOST:PORT version X" once it answers; a port of 0 takes a free one. Ends on SIGTERM and when
// its standard input closes, so that it never outlives the program that started it, however that one ended; the last
// thing it does is to remove the folder --remove names.
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.kernel.internal.Version;

class Neo4j {
    private static volatile DatabaseManagementService service;

    public static void main(String[] args) {
        var options = new HashMap<String, String>();
        for (int i = 0; i + 1 < args.length; i += 2) options.put(args[i], args[i + 1]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(options.get("--remove"))));
        daemon(Neo4j::exitWithParent);
        try {
            serve(
                    Path.of(options.get("--data")),
                    options.getOrDefault("--bolt", "127.0.0.1:0"),
                    options.get("--password"),
                    "kept".equals(options.get("--plans")));
        } catch (Throwable e) {
            while (e.getCause() != null) e = e.getCause();
            System.err.println(e);
            System.exit(1);
        }
    }

    private static void serve(Path data, String bolt, String password, boolean keepPlans) {
        int colon = bolt.lastIndexOf(':');
        var address = new SocketAddress(bolt.substring(0, colon), Integer.parseInt(bolt.substring(colon + 1)));
        var builder = new DatabaseManagementServiceBuilder(data);
        if (keepPlans) {
            builder.setConfig(GraphDatabaseSettings.query_statistics_divergence_threshold, 1.0)
                    .setConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofDays(1))
                    // Otherwise a statement is planned anew for lists and texts of another order of magnitude.
                    .setConfig(GraphDatabaseInternalSettings.cypher_size_hint_parameters, false);
        }
        service = builder
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, address)
                .setConfig(GraphDatabaseSettings.auth_enabled, password != null)
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(256))
                // Otherwise a quarter of a gigabyte is written before the first transaction.
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                // Otherwise what was written in two days is kept: tests and benchmarks write tens of gigabytes.
                .setConfig(GraphDatabaseSettings.keep_logical_logs, "512M size")
                // Otherwise it reports home after ten minutes.
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                // Otherwise each stop waits five seconds for connections that nobody opens.
                .setConfig(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, 0)
                .build();
        var system = (GraphDatabaseAPI) service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME);
        if (password != null) {
            system.executeTransactionally(
                    "CREATE OR REPLACE USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                    Map.of("password", password));
        }
        var ports = system.getDependencyResolver().resolveDependency(ConnectorPortRegister.class);
        System.out.println(
                "ready bolt://" + ports.getLocalAddress(ConnectorType.BOLT) + " version " + Version.getNeo4jVersion());
    }

    private static void exitWithParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // A broken standard input means the same as a closed one.
        }
        System.exit(0);
    }

    private static void end(String remove) {
        daemon(Neo4j::haltLate);
        if (service != null) service.shutdown();
        if (remove == null) return;
        try (var files = Files.walk(Path.of(remove))) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // Whoever started this process removes what is left, if it still lives.
        }
    }

    // A shutdown that hangs must not leave a JVM behind.
    private static void haltLate() {
        try {
            Thread.sleep(Duration.ofSeconds(20).toMillis());
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }
}
