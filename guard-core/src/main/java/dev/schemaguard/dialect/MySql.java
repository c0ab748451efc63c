// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.dialect.AdvisoryLock.Visibility;
import dev.schemaguard.dialect.SqlFailure.Kind;
import dev.schemaguard.dialect.WriteState.Limit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * MySQL and MariaDB, whose schemas are the databases of a server. The codes are those of MySQL's
 * error reference and of MariaDB's error code list, which are the same below 1900.
 */
final class MySql extends Dialect {

  private static final String MARIADB = "mariadb";

  @Override
  public boolean hasBooleans() {
    return false;
  }

  /** {@code SERVER_STATUS_IN_TRANS} of the protocol. */
  private static final DriverTransaction MARIADB_DRIVER =
      new DriverTransaction("org.mariadb.jdbc.Connection", "getContext.getServerStatus") {
        @Override
        boolean isOpen(Object state) {
          return (((Number) state).intValue() & 1) != 0;
        }
      };

  /** {@code SERVER_STATUS_IN_TRANS} as well, which this driver has already evaluated. */
  private static final DriverTransaction MYSQL_DRIVER =
      new DriverTransaction(
          "com.mysql.cj.jdbc.JdbcConnection", "getSession.getServerSession.inTransactionOnServer") {
        @Override
        boolean isOpen(Object state) {
          return (Boolean) state;
        }
      };

  MySql(String shortName) {
    super(shortName);
  }

  private boolean isMariaDb() {
    return shortName().equals(MARIADB);
  }

  /**
   * Returns the quote that does not depend on {@code ANSI_QUOTES}, so that a GRANT can be run in
   * another session than the one that printed it.
   */
  @Override
  protected String quote(Connection connection) {
    return "`";
  }

  /** Returns a literal without a backslash, of which a setting determines the meaning. */
  @Override
  protected String literal(String text) {
    return text.indexOf('\\') < 0
        ? super.literal(text)
        : "_utf8mb4 X'" + HexFormat.of().formatHex(text.getBytes(UTF_8)) + "'";
  }

  /** A user is a name and a host, each quoted by itself. */
  @Override
  protected String grantee(DatabaseSession session, String user) {
    int host = user.lastIndexOf('@');
    return host < 0
        ? session.quoted(user)
        : session.quoted(user.substring(0, host)) + "@" + session.quoted(user.substring(host + 1));
  }

  @Override
  public boolean hasSchemas() {
    return false;
  }

  /**
   * Returns the database. The drivers treat it as a schema if their URL says {@code databaseTerm}
   * or {@code useCatalogTerm=SCHEMA}.
   */
  @Override
  protected @Nullable String currentSchema(Connection connection) throws SQLException {
    String catalog = connection.getCatalog();
    return catalog == null || catalog.equals("def") ? connection.getSchema() : catalog;
  }

  @Override
  protected Set<String> systemSchemas() {
    return Set.of("information_schema", "mysql", "performance_schema", "sys");
  }

  /** Returns true, because the database that a connection uses is always a choice. */
  @Override
  public boolean isChosen(DatabaseSession session, String schema) {
    return true;
  }

  @Override
  protected TableCatalog catalog(DatabaseSession session) {
    return new MySqlCatalog(session);
  }

  @Override
  protected Kind kind(String state, int code) {
    return switch (code) {
      // Access denied to a database, a table, a column, a routine.
      case 1044, 1142, 1143, 1370 -> Kind.NO_PRIVILEGE;
      // Lock wait timeout; MariaDB's max_statement_time, MySQL's max_execution_time.
      case 1205, 1969, 3024 -> Kind.TIMEOUT;
      default -> state.equals("70100") ? Kind.TIMEOUT : super.kind(state, code);
    };
  }

  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    return switch (failure.getErrorCode()) {
      // Access denied, host blocked, host not allowed, TLS required.
      case 1044, 1045, 1142, 1143, 1370, 1698, 1129, 1130, 3159 -> Refusal.LOGIN;
      // The password has expired, or the account is locked; MariaDB: blocked, locked.
      case 1820, 1862, 3118, 4150, 4151 -> Refusal.LOGIN;
      case 0 -> isLoginAbandoned(failure) ? Refusal.LOGIN : null;
      case 1049 -> Refusal.DATABASE;
      // Of the server, of the user.
      case 1040, 1203, 1226 -> Refusal.CONNECTIONS;
      // A shutdown is in progress.
      case 1053 -> Refusal.STARTING;
      default -> null;
    };
  }

  /**
   * Returns whether the server answered and the driver did not go on with the login, because the
   * connection would not protect the password. MariaDB's driver has a state of its own for it;
   * MySQL's throws the same exception for a lost network, with a cause.
   */
  private static boolean isLoginAbandoned(SQLException failure) {
    Throwable cause = failure.getCause();
    return SqlFailure.state(failure).equals("S1009")
        || (cause != null
            && cause.getCause() == null
            && cause
                .getClass()
                .getName()
                .equals("com.mysql.cj.exceptions.UnableToConnectException"));
  }

  @Override
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    List<String> variables =
        isMariaDb()
            ? List.of("innodb_read_only", "read_only", "tx_read_only")
            : List.of("innodb_read_only", "super_read_only", "read_only", "transaction_read_only");
    for (String name : variables) {
      if (isOn(session.textOrNull("SELECT @@global." + name))) {
        return new WriteState(
            Limit.READ_ONLY,
            name + " is on, as on a replica",
            "ask the primary server, if this is a replica; else set "
                + name
                + " off, if this server should take writes");
      }
    }
    String ofSession = variables.get(variables.size() - 1);
    return isOn(session.textOrNull("SELECT @@session." + ofSession))
        ? WriteState.ofSession("this session is set to read-only")
        : WriteState.WRITABLE;
  }

  /**
   * Returns whether a value means on. MariaDB 12 has values besides ON that do not allow writes
   * either, such as NO_LOCK.
   */
  private static boolean isOn(@Nullable String value) {
    return value != null
        && !Set.of("0", "OFF", "FALSE", "").contains(value.toUpperCase(Locale.ROOT));
  }

  @Override
  protected List<DriverTransaction> driverTransactions() {
    return List.of(MARIADB_DRIVER, MYSQL_DRIVER);
  }

  @Override
  protected @Nullable Boolean isInTransaction(DatabaseSession session) throws SQLException {
    return isMariaDb() ? LentTransaction.isAboveZero(session, "SELECT @@in_transaction") : null;
  }

  @Override
  protected String beginReadOnly() {
    return "START TRANSACTION READ ONLY";
  }

  /** Returns null inside the application's transaction, which the command would commit. */
  @Override
  protected @Nullable String continueReadOnly(boolean begunByReading) {
    return begunByReading ? beginReadOnly() : null;
  }

  @Override
  protected Visibility look(DatabaseSession session, AdvisoryLock lock) throws SQLException {
    return MySqlSessions.look(session, lock.mySqlNames(session));
  }

  @Override
  public ConnectedVersions connectedVersions(DatabaseSession session) throws SQLException {
    return MySqlSessions.connectedVersions(session);
  }

  @Override
  public Optional<String> tableComment(
      DatabaseSession session, @Nullable String schema, String table) throws SQLException {
    return TableComment.read(
        session,
        "SELECT TABLE_COMMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?"
            + " AND TABLE_NAME = ?",
        schema,
        table);
  }

  @Override
  public Optional<StructureCatalog> structure() {
    return Optional.of(new MySqlStructure(isMariaDb()));
  }
}
