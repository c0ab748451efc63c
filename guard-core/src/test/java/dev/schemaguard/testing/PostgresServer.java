// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A real PostgreSQL of a test's own, which may be stopped, killed and started again, always on the
 * same port and data.
 */
public final class PostgresServer implements AutoCloseable {

  /** Held, for a logger that nobody holds loses its level. */
  private static final Logger EMBEDDED = Logger.getLogger(EmbeddedPostgres.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path data;
  private final int port;
  private EmbeddedPostgres running;

  private PostgresServer(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  /** The data of a server that nothing was done with: to copy them is faster than to make them. */
  private static final class Pristine {
    static final Path DATA = make();

    private static Path make() {
      try {
        PostgresServer server = new PostgresServer(ServerFolder.create(), freePort());
        server.start();
        server.stop();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ServerFolder.delete(server.data)));
        return server.data;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Path copyOf(Path data) throws IOException {
    Path copy = ServerFolder.create();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : (Iterable<Path>) files.skip(1)::iterator) {
        Files.copy(file, copy.resolve(data.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return copy;
  }

  /** A server that runs. */
  public static PostgresServer started() throws IOException {
    PostgresServer server = new PostgresServer(copyOf(Pristine.DATA), freePort());
    server.start();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /** Its only database. */
  public TestDatabase database() {
    return new TestDatabase(
        "jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "postgres");
  }

  /** Where it listens while it runs. */
  public int port() {
    return port;
  }

  /** Starts it on the data that are there, after a kill with PostgreSQL's own recovery. */
  public void start() throws IOException {
    running =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            // A socket file would outlive a kill, and with it the claim that the server runs.
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            // Off by default there, and a kill would take back what was committed just before.
            .setServerConfig("synchronous_commit", "on")
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  /** Starts it as a standby in recovery, which may be read from and not written to. */
  public void startAsStandby() throws IOException {
    Files.createFile(data.resolve("standby.signal"));
    start();
  }

  /**
   * A standby that receives what is written on this server, which is stopped while its data are
   * copied. It gives way to nothing that reads on it for longer than a moment.
   */
  public PostgresServer standby() throws IOException {
    stop();
    PostgresServer standby = new PostgresServer(copyOf(data), freePort());
    start();
    Files.write(
        standby.data.resolve("postgresql.auto.conf"),
        List.of(
            "primary_conninfo = 'host=localhost user=postgres port=" + port + "'",
            "wal_retrieve_retry_interval = '50ms'",
            "max_standby_streaming_delay = '100ms'"),
        StandardOpenOption.APPEND);
    standby.startAsStandby();
    return standby;
  }

  /** Waits until a standby has all that was written on this server. */
  public void awaitCaughtUp(PostgresServer standby) throws SQLException {
    String written = database().value("SELECT pg_current_wal_lsn()");
    Patience.until(
        "the standby has caught up",
        PATIENCE,
        () ->
            standby
                .database()
                .value("SELECT pg_last_wal_replay_lsn() >= '" + written + "'::pg_lsn")
                .equals("t"));
  }

  /** Makes the standby the primary server, as a failover does. */
  public void promote() throws SQLException {
    database().execute("SELECT pg_promote()");
  }

  /** Stops it in an orderly way, which ends every connection with a word from the server. */
  public void stop() throws IOException {
    running.close();
  }

  /** Asks it to stop once every session has ended; until then it refuses new ones. */
  public void beginToStop() throws IOException {
    postmaster().destroy();
  }

  private ProcessHandle postmaster() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(pidFile()).get(0).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  private Path pidFile() {
    return data.resolve("postmaster.pid");
  }

  /** Kills it and all its processes at once, so that nobody says a word. */
  public void kill() throws IOException {
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    Patience.until(
        "every process is dead", PATIENCE, () -> all.stream().noneMatch(PostgresServer::runs));
    Files.delete(pidFile());
    release();
  }

  /** Lets go of the dead server, which its embedding cannot stop any more, and says so aloud. */
  private void release() throws IOException {
    Level before = EMBEDDED.getLevel();
    EMBEDDED.setLevel(Level.OFF);
    try {
      running.close();
    } finally {
      EMBEDDED.setLevel(before);
    }
  }

  /** Whether a process is more than an entry that nobody has collected yet. */
  private static boolean runs(ProcessHandle process) {
    try {
      Path stat = Path.of("/proc", String.valueOf(process.pid()), "stat");
      return process.isAlive() && !(Files.exists(stat) && Files.readString(stat).contains(") Z "));
    } catch (IOException e) {
      // It went while it was looked at.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    running.close();
    ServerFolder.delete(data);
  }
}
