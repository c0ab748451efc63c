// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.dialect.AdvisoryLock.Visibility;
import dev.schemaguard.dialect.SqlFailure.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, and products that are built from it. Its states are those of PostgreSQL's appendix A.
 */
class PostgreSql extends Dialect {

  /** {@code TransactionState} of pgjdbc: IDLE, OPEN or FAILED. */
  private static final DriverTransaction DRIVER =
      new DriverTransaction("org.postgresql.core.BaseConnection", "getTransactionState") {
        @Override
        boolean isOpen(Object state) {
          return !state.toString().equals("IDLE");
        }
      };

  private static final Pattern END = Pattern.compile("[\\s;]++$");

  PostgreSql(String shortName) {
    super(shortName);
  }

  /** Returns a literal with escapes: a setting determines what a backslash means in any other. */
  @Override
  protected String literal(String text) {
    String doubled = super.literal(text);
    return text.indexOf('\\') < 0 ? doubled : "E" + doubled.replace("\\", "\\\\");
  }

  /** Returns what the driver's metadata returns ({@code PgDatabaseMetaData}). */
  @Override
  protected String quote(Connection connection) {
    return "\"";
  }

  @Override
  protected String folded(Connection connection, String name) {
    return UnquotedName.lowerCase(name);
  }

  @Override
  protected Set<String> defaultSchemas() {
    return Set.of("public");
  }

  /**
   * Returns whether the search path was set on purpose. {@code pg_settings.source} shows where it
   * comes from: {@code client} for the URL, {@code session} for a pool, {@code user} and {@code
   * database} for ALTER ROLE and ALTER DATABASE. Behind a pooler, another client may have set that
   * of the session.
   */
  @Override
  public boolean isChosen(DatabaseSession session, String schema) throws SQLException {
    String ofSession = isBehindPooler(session) ? ", 'client', 'session'" : "";
    try {
      return session
          .query(
              "SELECT s.source NOT IN ('default', 'configuration file', 'command line',"
                  + " 'environment variable'"
                  + ofSession
                  + ") OR current_user = ? OR session_user = ?"
                  + " FROM pg_catalog.pg_settings s WHERE s.name = 'search_path'",
              List.of(schema, schema),
              row -> row.getBoolean(1))
          .contains(true);
    } catch (SQLException e) {
      // A server that speaks PostgreSQL's protocol and does not report where a setting comes from.
      session.recoverFrom(e);
      return super.isChosen(session, schema);
    }
  }

  @Override
  protected TableCatalog catalog(DatabaseSession session) {
    return new PostgresCatalog(session);
  }

  @Override
  protected Optional<String> grantOnLaterTables(
      DatabaseSession session, String schema, String table, String grantee) throws SQLException {
    String owner = owner(session, schema, table);
    return owner == null
        ? Optional.empty()
        : Optional.of(
            "ALTER DEFAULT PRIVILEGES FOR ROLE "
                + session.quoted(owner)
                + " IN SCHEMA "
                + session.quoted(schema)
                + " GRANT SELECT ON TABLES TO "
                + grantee);
  }

  private static @Nullable String owner(DatabaseSession session, String schema, String table)
      throws SQLException {
    try {
      return session
          .query(
              "SELECT pg_catalog.pg_get_userbyid(c.relowner) FROM pg_catalog.pg_class c"
                  + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                  + " WHERE n.nspname = ? AND c.relname = ?",
              List.of(schema, table),
              row -> row.getString(1))
          .stream()
          .findFirst()
          .orElse(null);
    } catch (SQLException e) {
      session.recover();
      return null;
    }
  }

  @Override
  protected Kind kind(String state, int code) {
    return switch (state) {
      case "42P01" -> Kind.UNDEFINED_TABLE;
      case "42501" -> Kind.NO_PRIVILEGE;
      // lock_not_available and query_canceled, by a limit of the role, the database or the pool.
      case "55P03", "57014" -> Kind.TIMEOUT;
      // Serialization failure and deadlock: a standby reports conflicts with its replay so.
      case "40001", "40P01" -> Kind.CANCELLED;
      // The server is shutting down.
      default -> state.startsWith("57P") ? Kind.CONNECTION_LOST : super.kind(state, code);
    };
  }

  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    String state = SqlFailure.state(failure);
    return switch (state) {
      case "42501" -> Refusal.LOGIN;
      case "3D000" -> Refusal.DATABASE;
      case "57P01", "57P02", "57P03" -> Refusal.STARTING;
      // A protocol violation, which poolers use for whatever they refuse.
      case "08P01" -> isOfDriver(failure) ? Refusal.NONE : PoolerError.refusal(failure);
      // The setting has the same name in every language of the driver.
      case "08001" -> message(failure).contains("targetServerType") ? Refusal.HOST_ROLE : null;
      // Time limits of an idle transaction, of a transaction and of an idle session.
      case "25P03", "25P04", "57P05" -> Refusal.LIMIT;
      case "40001", "40P01" -> Refusal.CANCELLED;
      // No such parameter, no such value for it.
      case "42704", "22023" -> Refusal.PARAMETER;
      default -> state.startsWith("53") ? Refusal.CONNECTIONS : null;
    };
  }

  private static String message(SQLException failure) {
    String message = failure.getMessage();
    return message == null ? "" : message;
  }

  /**
   * Returns whether the driver itself set the state. PostgreSQL's driver uses the state of a
   * protocol violation for a response that it does not understand, because something else listens
   * on that port.
   */
  private static boolean isOfDriver(SQLException failure) {
    try {
      return failure.getClass().getMethod("getServerErrorMessage").invoke(failure) == null;
    } catch (ReflectiveOperationException e) {
      // Another driver, which does not report whether the error is the server's.
      return false;
    }
  }

  @Override
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    return new PostgresWriteState(session).find();
  }

  @Override
  protected List<DriverTransaction> driverTransactions() {
    return List.of(DRIVER);
  }

  /** Returns null if nothing was written, which an open transaction need not have done. */
  @Override
  protected @Nullable Boolean isInTransaction(DatabaseSession session) throws SQLException {
    return isWithoutWrites(session) ? null : true;
  }

  @Override
  protected boolean isWithoutWrites(DatabaseSession session) throws SQLException {
    Boolean written =
        LentTransaction.isAboveZero(
            session,
            "SELECT CASE WHEN pg_catalog.txid_current_if_assigned() IS NULL THEN 0 ELSE 1 END");
    return Boolean.FALSE.equals(written);
  }

  @Override
  protected boolean failureEndsTransaction() {
    return true;
  }

  @Override
  protected boolean rollsBackSettings() {
    return true;
  }

  /** Returns true, because pgjdbc prepares COMMIT and ROLLBACK. */
  @Override
  protected boolean endsTransactionsBySql() {
    return true;
  }

  @Override
  protected String beginReadOnly() {
    return "BEGIN READ ONLY";
  }

  @Override
  protected String continueReadOnly(boolean begunByReading) {
    return "SET TRANSACTION READ ONLY";
  }

  /**
   * Returns the statement with a comment that no other statement has. A pooler may run two
   * transactions of one connection in two sessions of the server. A name that the driver gave to a
   * prepared statement may then refer to another client's statement. Therefore nothing is prepared.
   * No text is sent twice either, because pgjdbc can be configured to prepare and name any text it
   * has seen before ({@code preferQueryMode=extendedCacheEverything}).
   */
  @Override
  protected String sent(String sql) {
    // After a semicolon, the comment would be a statement of its own.
    return END.matcher(sql).replaceFirst("") + " /* schema-guard " + System.nanoTime() + " */";
  }

  @Override
  protected Visibility look(DatabaseSession session, AdvisoryLock lock) throws SQLException {
    return PostgresSessions.look(session, lock.postgresKeys(session));
  }

  @Override
  public ConnectedVersions connectedVersions(DatabaseSession session) throws SQLException {
    return PostgresSessions.connectedVersions(session, isBehindPooler(session));
  }

  /**
   * Returns whether a pooler stands between the connection and the server. The driver knows the
   * process id that was sent when it logged in, and a pooler sends one that it made up, because the
   * process behind it changes. False if the driver does not report it.
   */
  boolean isBehindPooler(DatabaseSession session) throws SQLException {
    String known = DriverProcess.id(session.connection());
    String own = known == null ? null : session.textOrNull("SELECT pg_catalog.pg_backend_pid()");
    return own != null && !own.equals(known);
  }

  @Override
  public Optional<String> tableComment(
      DatabaseSession session, @Nullable String schema, String table) throws SQLException {
    return TableComment.read(
        session,
        "SELECT obj_description(c.oid, 'pg_class') FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relname = ?",
        schema,
        table);
  }

  @Override
  public Optional<StructureCatalog> structure() {
    return Optional.of(new PostgresStructure());
  }

  /** A row as text puts every value in quotes that could be mistaken for two, or for NULL. */
  @Override
  public @Nullable String rowsDigest(List<String> values, List<String> order) {
    return "md5(string_agg(ROW("
        + String.join(", ", values)
        + ")::text, '' ORDER BY "
        + String.join(", ", order)
        + "))";
  }
}
