// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.dialect.AdvisoryLock.Visibility;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A database product, with everything that the guard knows about it: one subclass for each product.
 * A product without a subclass has the rules of this class, which are those of the SQL standard and
 * of JDBC. Immutable.
 */
public class Dialect {

  /** The name that stands for the schema of a table in a database without schemas. */
  public static final String NO_SCHEMAS = "";

  private final String shortName;

  /**
   * Creates the dialect of a product.
   *
   * @param shortName Liquibase's short name for it
   */
  protected Dialect(String shortName) {
    this.shortName = shortName;
  }

  /**
   * Returns Liquibase's short name of the product: {@code postgresql}, {@code h2}; for an unknown
   * product its own name in lower case.
   */
  public final String shortName() {
    return shortName;
  }

  // ---- names and values

  /** Returns the character that quotes a name exactly; empty if there is none. */
  protected String quote(Connection connection) throws SQLException {
    return connection.getMetaData().getIdentifierQuoteString().strip();
  }

  /** Returns a name as {@link DatabaseSession#folded} specifies. */
  protected String folded(Connection connection, String name) throws SQLException {
    return UnquotedName.folded(connection.getMetaData(), name);
  }

  /** Returns a text literal that does not depend on the session's settings. */
  protected String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * Returns the literal for true in a column of truth values, as Flyway's class of the database
   * writes it ({@code getBooleanTrue()}): a number if the product has no booleans.
   */
  public String trueLiteral() {
    return "TRUE";
  }

  /** Returns the user as a GRANT names it. */
  protected String grantee(DatabaseSession session, String user) {
    return session.quoted(user);
  }

  /**
   * Returns the statements that select the current user, of which the first that is not refused
   * counts. The second form is that of Derby and HSQLDB; in Derby, the name of the login is a
   * different name.
   */
  protected List<String> currentUserQueries() {
    return List.of("SELECT CURRENT_USER", "VALUES CURRENT_USER");
  }

  /** Returns whether a comparison gives a boolean; otherwise it gives the number 1 or 0. */
  public boolean hasBooleans() {
    return true;
  }

  // ---- schemas and tables

  /** Returns whether a table is named by a schema inside the database that the URL names. */
  public boolean hasSchemas() {
    return true;
  }

  /**
   * Returns the schema in which an unqualified name is looked up first; null if there is none, and
   * {@link #NO_SCHEMAS} if the database has no schemas.
   */
  protected @Nullable String currentSchema(Connection connection) throws SQLException {
    String schema = connection.getSchema();
    return schema == null && !connection.getMetaData().supportsSchemasInTableDefinitions()
        ? NO_SCHEMAS
        : schema;
  }

  /** Returns the catalog, as JDBC calls it, whose tables are looked at; null means every one. */
  protected @Nullable String metadataCatalog(Connection connection) throws SQLException {
    return null;
  }

  /** Returns the schemas, in lower case, of a role without a schema of its own. */
  protected Set<String> defaultSchemas() {
    return Set.of("public", "dbo");
  }

  /** Returns the schemas, in lower case, that are the product's own. */
  protected Set<String> systemSchemas() {
    return Set.of("information_schema");
  }

  /**
   * Returns whether the URL, the pool, the role, the database or the session chose {@code schema}
   * for this application, so that it is not merely the default one.
   *
   * @throws SQLException if the connection broke
   */
  public boolean isChosen(DatabaseSession session, String schema) throws SQLException {
    return !defaultSchemas().contains(schema.toLowerCase(Locale.ROOT));
  }

  /** Returns whether creating the first table in the current schema creates the schema. */
  public boolean createsSchemasOnDemand() {
    return false;
  }

  /** Returns the list of schemas and tables that the role may see. */
  protected TableCatalog catalog(DatabaseSession session) {
    return new JdbcCatalog(session);
  }

  /** Returns whether JDBC's metadata also shows the tables that the role may not read. */
  protected boolean showsAllTables(DatabaseSession session, String schema) throws SQLException {
    return false;
  }

  /** Returns whether a table that the role may not read causes the error of a missing one. */
  public boolean hidesWhetherTablesExist() {
    return false;
  }

  /**
   * Returns the statement that also grants SELECT on the tables that the owner of a table creates
   * later, because a migration tool may create its history anew; empty if there is none.
   *
   * @param grantee the role as a GRANT names it
   */
  protected Optional<String> grantOnLaterTables(
      DatabaseSession session, String schema, String table, String grantee) throws SQLException {
    return Optional.empty();
  }

  /**
   * Returns the comment on a table; empty if it has none, or if this product has none that is read.
   *
   * @param schema null on a database without schemas
   */
  public Optional<String> tableComment(
      DatabaseSession session, @Nullable String schema, String table) throws SQLException {
    return Optional.empty();
  }

  /** Returns the reader of tables and columns; empty if this product's catalog is not read. */
  public Optional<StructureCatalog> structure() {
    return Optional.empty();
  }

  // ---- errors

  /**
   * Returns what the failure of a statement means.
   *
   * @param state the SQLState; empty if the driver gave none
   * @param code the vendor's code
   */
  protected SqlFailure.Kind kind(String state, int code) {
    return switch (state) {
      case "42S02", "42P01" -> SqlFailure.Kind.UNDEFINED_TABLE;
      case "42501" -> SqlFailure.Kind.NO_PRIVILEGE;
      case "HYT00", "57014" -> SqlFailure.Kind.TIMEOUT;
      default -> SqlFailure.Kind.OTHER;
    };
  }

  /**
   * Returns why a connection could not be made or was lost; null if the failure has no code of this
   * product. Without a connection, the codes of all products are tried.
   */
  protected @Nullable Refusal refusal(SQLException failure) {
    return null;
  }

  // ---- writes and transactions

  /**
   * Returns why the database takes no writes. A query that it refuses finds no limit.
   *
   * @throws SQLException if the connection broke
   */
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    return WriteState.WRITABLE;
  }

  /** Returns the drivers that report whether a connection is in a transaction. */
  protected List<DriverTransaction> driverTransactions() {
    return List.of();
  }

  /**
   * Returns whether the server shows the connection to be in a transaction; null if it does not
   * report it. Asked only if the driver does not report it.
   */
  protected @Nullable Boolean isInTransaction(DatabaseSession session) throws SQLException {
    return null;
  }

  /** Returns whether a transaction in which a statement failed can only be rolled back. */
  protected boolean failureEndsTransaction() {
    return false;
  }

  /** Returns whether a setting of the session is undone if its transaction is rolled back. */
  protected boolean rollsBackSettings() {
    return false;
  }

  /** Returns whether the current transaction, if there is one, is known to have written nothing. */
  protected boolean isWithoutWrites(DatabaseSession session) throws SQLException {
    return false;
  }

  /**
   * Returns whether a transaction is ended by a statement, because the driver's own methods prepare
   * the command under a name, which a pooler may confuse with another client's.
   */
  protected boolean endsTransactionsBySql() {
    return false;
  }

  /**
   * Returns the command that begins a transaction in which the server refuses writes, for a
   * connection with auto-commit; null if there is none.
   */
  protected @Nullable String beginReadOnly() {
    return null;
  }

  /**
   * Returns the command that makes the current transaction of a connection without auto-commit
   * refuse writes; null if there is none that leaves an application's transaction alone.
   *
   * @param begunByReading whether this session began the transaction
   */
  protected @Nullable String continueReadOnly(boolean begunByReading) {
    return null;
  }

  /** Returns a statement as it is sent, so that a pooler cannot confuse it with another one. */
  protected String sent(String sql) {
    return sql;
  }

  /**
   * Returns the SQL expression of a digest of all rows of a table, with which tables that hold the
   * same can be recognized without transferring them; null if the product has none that covers rows
   * of any length. It distinguishes NULL from an empty text. The result without rows is NULL.
   *
   * @param values the expressions that it covers
   * @param order the expressions to sort the rows by
   */
  public @Nullable String rowsDigest(List<String> values, List<String> order) {
    return null;
  }

  // ---- other sessions

  /** Returns whether any session holds {@code lock}, by a SELECT that every role may run. */
  protected Visibility look(DatabaseSession session, AdvisoryLock lock) throws SQLException {
    return Visibility.NONE;
  }

  /**
   * Returns the versions that are connected to the session's current database, by the tags of their
   * connections. Sends one SELECT, or two if a right is missing or a pooler is possible.
   *
   * @throws SQLException if the connection is lost; what the database refuses to show is reported
   *     as not seen
   */
  public ConnectedVersions connectedVersions(DatabaseSession session) throws SQLException {
    return ConnectedVersions.unseen("connections cannot be distinguished on " + shortName);
  }
}
