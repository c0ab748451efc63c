// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.PgBouncer;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.ReadOnlyFolder;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.RequiresPgBouncer;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If the server answered, the advice is about what it said, and never about host and port. */
class RefusedConnectionTest {

  @TempDir private static Path folder;

  @Nested
  class OnPostgres {

    private final TestDatabase database = Postgres.database();

    @ParameterizedTest
    @ValueSource(strings = {"orders ", "Orders", "absent"})
    void aDatabaseThatIsNotThereIsNamedInQuotes(String name) {
      String url =
          "jdbc:postgresql://localhost:" + Postgres.port() + "/" + name.replace(" ", "%20");
      MigrationStatus status =
          refused(SimpleDataSource.of(url, "postgres", "postgres"), "GUARD-UNREACHABLE-DATABASE");
      assertThat(status.error()).contains("\"" + name + "\"");
    }

    @Test
    void aRoleAtItsConnectionLimit() throws SQLException {
      String role = Postgres.role("reader");
      database.execute("ALTER ROLE " + role + " CONNECTION LIMIT 0");

      List<String> actions =
          refused(database.as(role, role), "GUARD-UNREACHABLE-CONNECTIONS").problem().actions();
      assertThat(actions.get(0)).startsWith("end connections that are not needed");
    }

    @Test
    void aPoolWithoutAConnectionLeft() throws SQLException {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(database.url());
      config.setUsername("postgres");
      config.setMaximumPoolSize(1);
      config.setConnectionTimeout(300);
      try (HikariDataSource pool = new HikariDataSource(config);
          Connection held = pool.getConnection()) {
        assertThat(held.isValid(1)).isTrue();
        refused(pool, "GUARD-UNREACHABLE-CONNECTIONS");
      }
    }

    @Test
    void aParameterThatTheServerDoesNotKnow() {
      String url = database.url() + "?options=-c%20no_such_parameter=1";

      List<String> actions =
          refused(database.withUrl(url).dataSource(), "GUARD-UNREACHABLE-REFUSED")
              .problem()
              .actions();
      assertThat(actions.get(0)).startsWith("remove the parameter").contains("--schema");
    }

    @Test
    @RequiresPgBouncer
    void aParameterThatAPoolerDoesNotPassOn() throws Exception {
      database.execute("CREATE SCHEMA shop");
      LiquibaseRun.ofChangesets(database.dataSource(), "db/a.xml", "1").in("shop").update();
      try (PgBouncer pooler = PgBouncer.start()) {
        TestDatabase pooled = pooler.of(database);

        MigrationStatus status =
            refused(
                pooled.withUrl(pooled.url() + "?currentSchema=shop").dataSource(),
                "GUARD-UNREACHABLE-REFUSED");

        assertThat(status.error()).contains("unsupported startup parameter: search_path");
        assertThat(status.problem().actions().get(0))
            .startsWith("remove the parameter that the message names from the URL")
            .contains("--schema", "instead of currentSchema");
        try (SchemaGuard followed =
            SchemaGuard.builder(pooled.dataSource())
                .matrix(
                    CompatibilityMatrix.ofChain(
                        RevisionChain.parse("db/a.xml::1::tester\n", "revisions.txt")))
                .history(new HistoryLocation("shop", null, null))
                .environment(variable -> null)
                .build()) {
          assertThat(followed.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
        }
      }
    }

    /** Such as a web server, or another database: no server has named a parameter. */
    @Test
    void aServerThatIsNotPostgresIsAWrongPortAndNotAWrongParameter() throws IOException {
      try (ServerSocket web = new ServerSocket(0)) {
        CompletableFuture<Void> answers = CompletableFuture.runAsync(() -> answerAsTheWeb(web));

        MigrationStatus status =
            check(
                SimpleDataSource.of(
                    "jdbc:postgresql://localhost:" + web.getLocalPort() + "/orders", "app", "app"));

        assertThat(status.problem().code()).as(status.error()).isEqualTo("GUARD-UNREACHABLE");
        assertThat(status.problem().actions().get(0)).contains("host, port and name");
        answers.cancel(true);
      }
    }

    private static void answerAsTheWeb(ServerSocket web) {
      try (Socket client = web.accept()) {
        client.getInputStream().read();
        client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Test
    void aDatabaseThatTakesNoConnections() throws SQLException {
      TestDatabase closed = Postgres.database();
      database.execute(
          "ALTER DATABASE " + closed.url().replaceFirst(".*/", "") + " ALLOW_CONNECTIONS false");

      refused(closed.dataSource(), "GUARD-UNREACHABLE-REFUSED");
    }

    @Test
    void aServerWithoutTls() {
      refused(
          database.withUrl(database.url() + "?sslmode=require").dataSource(),
          "GUARD-UNREACHABLE-LOGIN");
    }
  }

  @Nested
  @RequiresMariaDb
  class OnMariaDb extends OnMySqlOrMariaDb {
    OnMariaDb() {
      super(MariaDb.database());
    }

    @Test
    void aUserWhoGuessedTooOften() throws SQLException {
      database.execute("SET GLOBAL max_password_errors = 1", user("guessing", ""));
      try {
        refused(database.as("guessing", "wrong"), "GUARD-UNREACHABLE-LOGIN");
        refused(database.as("guessing", "guessing"), "GUARD-UNREACHABLE-LOGIN");
      } finally {
        database.execute("SET GLOBAL max_password_errors = DEFAULT", "DROP USER guessing");
      }
    }
  }

  @Nested
  @RequiresMySql
  class OnMySql extends OnMySqlOrMariaDb {
    OnMySql() {
      super(MySql.database());
    }

    /** What the driver demands of a login without TLS, until the server remembers the password. */
    @Test
    void aLoginThatTheDriverRefusesToSend() throws SQLException {
      database.execute(
          user("cautious", ""), "GRANT SELECT ON %s.* TO cautious".formatted(database.name()));
      try {
        aLoginThatTheDriverRefusesToSend(database.url().replaceFirst("\\?.*", "?sslMode=DISABLED"));
      } finally {
        database.execute("DROP USER cautious");
      }
    }
  }

  @Nested
  @RequiresMySql
  class OnMySqlByMariaDbsDriver extends OnMySqlOrMariaDb {
    OnMySqlByMariaDbsDriver() {
      super(MySql.byMariaDbDriver(MySql.database()));
    }

    @Test
    void aLoginThatTheDriverRefusesToSend() throws SQLException {
      database.execute(
          user("cautious", ""), "GRANT SELECT ON %s.* TO cautious".formatted(database.name()));
      try {
        aLoginThatTheDriverRefusesToSend(database.url().replaceFirst("\\?.*", "?sslMode=disable"));
      } finally {
        database.execute("DROP USER cautious");
      }
    }
  }

  abstract static class OnMySqlOrMariaDb {

    final TestDatabase database;

    OnMySqlOrMariaDb(TestDatabase database) {
      this.database = database;
    }

    /** Until the server remembers the password of {@code cautious} from a login. */
    static void aLoginThatTheDriverRefusesToSend(String url) {
      String advised = "allowPublicKeyRetrieval=true";

      List<String> actions =
          refused(SimpleDataSource.of(url, "cautious", "cautious"), "GUARD-UNREACHABLE-LOGIN")
              .problem()
              .actions();

      assertThat(actions.get(0)).contains("on MySQL without TLS, " + advised + " in the URL");
      assertThat(
              check(SimpleDataSource.of(url + "&" + advised, "cautious", "cautious"))
                  .problem()
                  .code())
          .isEqualTo("GUARD-UNINITIALIZED");
    }

    static String user(String name, String more) {
      return "CREATE USER %s IDENTIFIED BY '%s' %s".formatted(name, name, more);
    }

    @Test
    void aUserAtItsConnectionLimit() throws SQLException {
      database.execute(
          user("limited", "WITH MAX_USER_CONNECTIONS 1"), "GRANT ALL ON *.* TO limited");
      try (Connection held = database.as("limited", "limited").getConnection()) {
        assertThat(held.isValid(1)).isTrue();
        refused(database.as("limited", "limited"), "GUARD-UNREACHABLE-CONNECTIONS");
      } finally {
        database.execute("DROP USER limited");
      }
    }

    @Test
    void aServerAtItsConnectionLimit() throws SQLException {
      database.execute(user("late", ""), "GRANT ALL ON %s.* TO late".formatted(database.name()));
      String before = database.value("SELECT @@max_connections");
      List<Connection> held = new ArrayList<>();
      try (Connection administrator = database.dataSource().getConnection();
          Statement statement = administrator.createStatement()) {
        try {
          statement.execute("SET GLOBAL max_connections = 10");
          // One more is kept for an administrator.
          for (int i = 0; i < 10; i++) {
            try {
              held.add(database.as("late", "late").getConnection());
            } catch (SQLException e) {
              break;
            }
          }
          refused(database.as("late", "late"), "GUARD-UNREACHABLE-CONNECTIONS");
        } finally {
          statement.execute("SET GLOBAL max_connections = " + before);
          for (Connection each : held) {
            each.close();
          }
          statement.execute("DROP USER late");
        }
      }
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedInQuotes() {
      DataSource absent = database.named("orders_absent").dataSource();

      assertThat(refused(absent, "GUARD-UNREACHABLE-DATABASE").error()).contains("'orders_absent'");
    }

    @Test
    void aUserWithoutAnyRightInTheDatabase() throws SQLException {
      database.execute(user("stranger", ""));
      try {
        refused(database.as("stranger", "stranger"), "GUARD-UNREACHABLE-LOGIN");
      } finally {
        database.execute("DROP USER stranger");
      }
    }

    @Test
    void aUserWhoMustUseTls() throws SQLException {
      database.execute(user("secure", "REQUIRE SSL"), "GRANT ALL ON *.* TO secure");
      try {
        refused(
            SimpleDataSource.of(
                database.url().replaceFirst("\\?.*", "")
                    + "?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                "secure",
                "secure"),
            "GUARD-UNREACHABLE-LOGIN");
      } finally {
        database.execute("DROP USER secure");
      }
    }

    @Test
    void aUserWhoseAccountIsLocked() throws SQLException {
      database.execute(user("locked", "ACCOUNT LOCK"), "GRANT ALL ON *.* TO locked");
      try {
        refused(database.as("locked", "locked"), "GUARD-UNREACHABLE-LOGIN");
      } finally {
        database.execute("DROP USER locked");
      }
    }

    @Test
    void aUserWhosePasswordHasExpired() throws SQLException {
      database.execute(user("expired", "PASSWORD EXPIRE"), "GRANT ALL ON *.* TO expired");
      try {
        refused(database.as("expired", "expired"), "GUARD-UNREACHABLE-LOGIN");
      } finally {
        database.execute("DROP USER expired");
      }
    }
  }

  @Nested
  class InAFile {

    @Test
    void ofH2ThatAnotherProcessHasOpen() throws Exception {
      Path file = folder.resolve("locked");
      Process other = h2Process(file);
      try {
        List<String> actions = refused(h2(file), "GUARD-UNREACHABLE-FILE").problem().actions();
        assertThat(actions.get(0)).startsWith("end the other process or wait for it");
      } finally {
        other.destroyForcibly().waitFor();
      }
    }

    /** H2's own code and words about a file of 1.4.200, whose driver is not here. */
    @Test
    void ofH2ThatAnOlderVersionWrote() {
      DataSource older =
          SimpleDataSource.of(
              () -> {
                throw new SQLException(
                    "Unsupported database file version or invalid file header in file"
                        + " \"/data/orders.mv.db\" [90048-240]",
                    "90048",
                    90048);
              });

      assertThat(refused(older, "GUARD-UNREACHABLE-FILE").problem().actions())
          .singleElement()
          .asString()
          .startsWith("use the driver version that wrote the file");
    }

    @Test
    void ofSqliteThatIsNoDatabase() throws IOException {
      Path file = Files.writeString(folder.resolve("text.db"), "no database, ".repeat(200));

      MigrationStatus status = check(SimpleDataSource.of("jdbc:sqlite:" + file, "", ""));
      assertThat(String.join(" ", status.problem().actions())).doesNotContain("host, port");
    }

    @Test
    void ofSqliteThatAWriterHasLocked() throws SQLException {
      String url = "jdbc:sqlite:" + folder.resolve("busy.db") + "?busy_timeout=10";
      try (Connection writer = SimpleDataSource.of(url, "", "").getConnection();
          Statement statement = writer.createStatement()) {
        statement.execute("CREATE TABLE databasechangelog (id TEXT)");
        statement.execute("BEGIN EXCLUSIVE");

        MigrationStatus status = check(SimpleDataSource.of(url, "", ""));
        assertThat(status.verdict()).isIn(Verdict.UNREACHABLE, Verdict.UNREADABLE);
        assertThat(status.problem().actions().get(0))
            .as(status.problem().text("", null))
            .startsWith("end the other process or wait for it");
      }
    }

    @Test
    void ofSqliteWithAWriteAheadLogInAFolderThatMayOnlyBeRead() throws Exception {
      Path closed = Files.createDirectory(folder.resolve("closed"));
      TestDatabase database = new TestDatabase("jdbc:sqlite:" + closed.resolve("a.db"), "", "");
      LiquibaseRun.ofChangesets(database.dataSource(), "db/a.xml", "1").update();
      database.rows("PRAGMA journal_mode = WAL");

      try (ReadOnlyFolder readOnly = ReadOnlyFolder.of(closed)) {
        assertThat(readOnly.folder()).isDirectory();
        MigrationStatus status = refused(database.dataSource(), "GUARD-UNREACHABLE-FILE");
        assertThat(status.problem().actions())
            .singleElement()
            .asString()
            .endsWith("SQLite also needs to write in its folder if the database is in WAL mode");
        String immutable = database.url().replace("sqlite:", "sqlite:file:") + "?immutable=1";
        assertThat(check(database.withUrl(immutable).dataSource()).verdict())
            .isNotEqualTo(Verdict.UNREACHABLE);
      }
      assertThat(check(database.dataSource()).verdict()).isNotEqualTo(Verdict.UNREACHABLE);
    }

    private static DataSource h2(Path file) {
      return SimpleDataSource.of("jdbc:h2:file:" + file + ";IFEXISTS=TRUE", "sa", "");
    }

    private static Process h2Process(Path file) throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      Process process =
          new ProcessBuilder(
                  java,
                  "-cp",
                  System.getProperty("java.class.path"),
                  "org.h2.tools.Shell",
                  "-url",
                  "jdbc:h2:file:" + file,
                  "-user",
                  "sa")
              .redirectErrorStream(true)
              .start();
      OutputStream commands = process.getOutputStream();
      commands.write("SELECT 'opened';\n".getBytes(StandardCharsets.UTF_8));
      commands.flush();
      BufferedReader answers = process.inputReader();
      String line = "";
      while (line != null && !line.contains("(1 row")) {
        line = answers.readLine();
      }
      return process;
    }
  }

  /** As Derby says it if its engine takes longer to start than the pool waits. */
  @Test
  void aLoginThatTookTooLongIsNotAnAnswer() {
    DataSource slow =
        SimpleDataSource.of(
            () -> {
              throw new SQLException("Login timeout exceeded.", "XBDA0");
            });

    MigrationStatus status = Statewave.guard(slow, "0.6.1").build().check();

    assertThat(status.problem().code()).isEqualTo("GUARD-UNREACHABLE");
  }

  @Test
  void theTextNamesUserAndDatabase() throws SQLException {
    TestDatabase absent = Postgres.of("absent");

    assertThat(check(SimpleDataSource.of(absent.url(), "app", "hunter2")).problem().text("x", null))
        .doesNotContain("hunter2");
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(absent.url() + "?password=hunter2");
    config.setUsername("app");
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(300);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThat(check(pool).problem().text("x", null))
          .contains("database  app@localhost:" + Postgres.port() + "/absent\n")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void theTextNamesThemAlsoIfOnlyAnEarlierConnectionTold() {
    TestDatabase database = Postgres.database();
    boolean[] down = new boolean[1];
    DataSource source =
        SimpleDataSource.of(
            () -> {
              if (down[0]) {
                throw new SQLException("connection refused", "08001");
              }
              return database.dataSource().getConnection();
            });
    SchemaGuard guard = Statewave.guard(source, "0.6.1").build();
    guard.check();
    down[0] = true;

    assertThat(guard.check().problem().database())
        .isEqualTo("postgres@" + database.url().replace("jdbc:postgresql://", ""));
  }

  private static MigrationStatus refused(DataSource dataSource, String code) {
    MigrationStatus status = check(dataSource);
    assertThat(status.verdict()).as(status.summary()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(status.problem().code()).as(status.error()).isEqualTo(code);
    assertThat(String.join(" ", status.problem().actions())).doesNotContain("host, port");
    return status;
  }

  private static MigrationStatus check(DataSource dataSource) {
    return Statewave.guard(dataSource, "0.6.1").build().check();
  }
}
