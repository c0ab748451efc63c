// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * States which version of the application runs on which revisions. It consists of the rows of
 * {@code schema-guard/compatibility.md} and the chain that their references refer to. Immutable and
 * thread-safe.
 *
 * <pre>{@code MatrixRow row = matrix.rowFor("0.6.1", true).orElseThrow();}</pre>
 */
public final class CompatibilityMatrix {

  private final String origin;
  private final boolean bundled;
  private final MatrixDocument document;
  private final VersionRows<MatrixRow> rows;
  private final @Nullable RevisionChain chain;
  private final SchemaFiles schemaFiles;
  private volatile @Nullable ClientTables clients;

  CompatibilityMatrix(
      String origin, boolean bundled, MatrixDocument document, @Nullable RevisionChain chain) {
    this(origin, bundled, document, chain, new SchemaFiles(new SiblingFiles.Nothing()));
  }

  private CompatibilityMatrix(
      String origin,
      boolean bundled,
      MatrixDocument document,
      @Nullable RevisionChain chain,
      SchemaFiles schemaFiles) {
    this.origin = origin;
    this.bundled = bundled;
    this.document = document;
    this.rows = new VersionRows<>(document.rows(), bundled);
    this.chain = chain;
    this.schemaFiles = schemaFiles;
  }

  /** Returns the same matrix with the schema files of this place. */
  CompatibilityMatrix beside(SiblingFiles place) {
    return with(new SchemaFiles(place));
  }

  private CompatibilityMatrix with(SchemaFiles files) {
    return new CompatibilityMatrix(origin, bundled, document, chain, files);
  }

  /**
   * Returns the matrix and chain on the class path, found through the thread's context class
   * loader. The result is empty if there is neither {@code schema-guard/compatibility.md} nor
   * {@code schema-guard/revisions.txt}. A chain alone implies the row {@code | current | head | |}.
   *
   * @throws ConfigurationException if one of them was found more than once or is malformed
   */
  public static Optional<CompatibilityMatrix> bundled() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return bundled(context == null ? CompatibilityMatrix.class.getClassLoader() : context);
  }

  /** Returns the matrix and chain on the class path, found through {@code loader}. */
  public static Optional<CompatibilityMatrix> bundled(ClassLoader loader) {
    return bundled(loader, MatrixSource.MATRIX, MatrixSource.CHAIN);
  }

  /**
   * Returns the matrix and chain on the class path under other names, for an application that has a
   * matrix for each of its databases.
   *
   * @param matrix the name of the document on the class path
   * @param revisions the name of its chain
   */
  public static Optional<CompatibilityMatrix> bundled(
      ClassLoader loader, String matrix, String revisions) {
    return MatrixSource.bundled(
        requireNonNull(loader, "loader"),
        requireNonNull(matrix, "matrix"),
        requireNonNull(revisions, "revisions"));
  }

  /**
   * Returns the matrix in a file, with the {@code revisions.txt} in the same folder if there is
   * one. Its row {@code current} does not apply to an application that has a version.
   *
   * @throws ConfigurationException if a file cannot be read or is malformed
   */
  public static CompatibilityMatrix file(Path matrix) {
    return MatrixSource.file(requireNonNull(matrix, "matrix"), null);
  }

  /** Returns the matrix in a file, with the chain in {@code revisions} and nothing bundled. */
  public static CompatibilityMatrix file(Path matrix, Path revisions) {
    return MatrixSource.file(
        requireNonNull(matrix, "matrix"), requireNonNull(revisions, "revisions"));
  }

  /**
   * Returns the matrix at a URL, with the {@code revisions.txt} in the same folder if there is one.
   *
   * @param timeout the maximum time for fetching everything
   * @throws ConfigurationException if it cannot be fetched in time or is malformed
   */
  public static CompatibilityMatrix url(URI matrix, Duration timeout) {
    return MatrixSource.url(requireNonNull(matrix, "matrix"), requireNonNull(timeout, "timeout"));
  }

  /**
   * Returns the matrix at an address, as a setting gives it. The rules are those of {@link
   * #url(URI, Duration)}. No error shows the user, the password or the token that the address
   * contains.
   */
  public static CompatibilityMatrix url(String matrix, Duration timeout) {
    return url(Download.address(requireNonNull(matrix, "matrix")), timeout);
  }

  /**
   * Returns the matrix that a text spells.
   *
   * @param markdown the content of a {@code compatibility.md}
   * @param chain the chain that its references refer to, or null if there is none
   */
  public static CompatibilityMatrix parse(String markdown, @Nullable RevisionChain chain) {
    return parse(markdown, "compatibility.md", true, chain);
  }

  /**
   * Returns the matrix that a text from a named location spells.
   *
   * @param origin where the text comes from, for error messages
   * @param bundled whether the text belongs to the calling application, so that its row {@code
   *     current} applies to it
   */
  public static CompatibilityMatrix parse(
      String markdown, String origin, boolean bundled, @Nullable RevisionChain chain) {
    return MatrixSource.parse(
        requireNonNull(markdown, "markdown"), requireNonNull(origin, "origin"), bundled, chain);
  }

  /** Returns the matrix that a chain alone implies: this application expects all of the chain. */
  public static CompatibilityMatrix ofChain(RevisionChain chain) {
    return builder().row("current", null, null, null).chain(requireNonNull(chain, "chain")).build();
  }

  /** Returns a builder for a matrix that is written in code. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns where the document comes from, for messages. */
  public String origin() {
    return origin;
  }

  /** Returns the application's name, which also names its strict variable; empty if not given. */
  public Optional<String> application() {
    return Optional.ofNullable(document.application());
  }

  /** Returns how revisions that are unknown to this application are treated. */
  public UnknownAhead unknownAhead() {
    UnknownAhead stated = document.unknownAhead();
    return stated == null ? UnknownAhead.REFUSED : stated;
  }

  /** Returns whether the document sets {@link #unknownAhead} itself. */
  public boolean statesUnknownAhead() {
    return document.unknownAhead() != null;
  }

  /**
   * Returns the path patterns that select this application's entries in a shared history. An empty
   * list selects all entries.
   */
  public List<String> paths() {
    return document.paths();
  }

  /** Returns the rows, in the document's order. */
  public List<MatrixRow> rows() {
    return rows.all();
  }

  /** Returns the tables that state which clients fit which version, parsed at the first call. */
  public ClientTables clients() {
    ClientTables read = clients;
    if (read == null) {
      read = new ClientTables(document.clientTables(), origin, bundled);
      clients = read;
    }
    return read;
  }

  /**
   * Returns what must hold before revisions are applied, in the document's order. It is parsed at
   * every call.
   *
   * @param errors receives the error of each row that cannot be used, which is left out
   */
  public List<Revision.Condition> conditions(Consumer<ConfigurationException> errors) {
    ConditionTables tables = document.conditions();
    requireNonNull(errors, "errors");
    return tables == null ? List.of() : tables.read(origin, chain, errors);
  }

  /** Returns the chain, or empty if only the names in the rows are known. */
  public Optional<RevisionChain> chain() {
    return Optional.ofNullable(chain);
  }

  /**
   * Returns whether there is a schema file for a database product, {@code schema.<dbms>.txt} beside
   * the matrix. It is looked for when this is first called.
   *
   * @param dbms Liquibase's short name of the product
   * @throws ConfigurationException if it was found more than once, or cannot be fetched
   */
  public boolean hasSchemaFile(String dbms) {
    return schemaFiles.has(requireNonNull(dbms, "dbms"));
  }

  /**
   * Returns the products that have a schema file, by Liquibase's short names. The list is empty for
   * a matrix at a URL, because there it is unknown.
   */
  public List<String> schemaFileProducts() {
    return schemaFiles.products();
  }

  /**
   * Returns the schema file for a database product as {@code parser} reads it; empty if there is
   * none. It is read and parsed once.
   *
   * @param dbms Liquibase's short name of the product
   * @param parser takes the text of the file and where it comes from, for messages
   */
  public <T> Optional<T> schemaFile(String dbms, BiFunction<String, String, T> parser) {
    return schemaFiles.parsed(requireNonNull(dbms, "dbms"), requireNonNull(parser, "parser"));
  }

  /**
   * Returns the same matrix with this text as the schema file for a database product.
   *
   * @param dbms Liquibase's short name of the product
   * @param origin where the text comes from, for messages
   */
  public CompatibilityMatrix withSchemaFile(String dbms, String text, String origin) {
    return with(
        schemaFiles.with(
            requireNonNull(dbms, "dbms"),
            requireNonNull(text, "text"),
            requireNonNull(origin, "origin")));
  }

  /**
   * Returns the row that applies to a version. These are tried in order: the exact row; for the
   * application itself, {@code current}; for a version with a qualifier, the exact row of its
   * release; the narrowest wildcard or span; {@code *}.
   *
   * @param version the version, not necessarily one that can be compared; null if the application
   *     has none
   * @param own whether this is the version of the calling application rather than another version;
   *     it must be true if there is no version
   */
  public Optional<MatrixRow> rowFor(@Nullable String version, boolean own) {
    return rows.rowFor(version, own);
  }

  /**
   * Returns the row with its references resolved.
   *
   * @throws ConfigurationException if a reference matches no revision or several, if the bounds
   *     contradict each other, or if there is no chain
   */
  public ResolvedRow resolve(MatrixRow row) {
    return ResolvedRow.of(requireNonNull(row, "row"), chain);
  }

  /** Builds a matrix in code. A row added here means the same as that row in a document. */
  public static final class Builder extends MatrixBuilder {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }
  }
}
