// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about which version of the application runs on which revisions: the rows of {@code
 * schema-guard/compatibility.md}, and the chain beside it that their references mean. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * CompatibilityMatrix matrix = CompatibilityMatrix.bundled().orElseThrow();
 * MatrixRow row = matrix.rowFor("0.6.1", true).orElseThrow();
 * }</pre>
 */
public final class CompatibilityMatrix {

  private final String origin;
  private final boolean bundled;
  private final @Nullable String application;
  private final @Nullable UnknownAhead unknownAhead;
  private final List<String> paths;
  private final VersionRows<MatrixRow> rows;
  private final List<MarkdownTable> clientTables;
  private final @Nullable RevisionChain chain;
  private volatile @Nullable ClientTables clients;

  CompatibilityMatrix(
      String origin,
      boolean bundled,
      MatrixParser.Document document,
      @Nullable RevisionChain chain) {
    this.origin = origin;
    this.bundled = bundled;
    this.application = document.application();
    this.unknownAhead = document.unknownAhead();
    this.paths = normalized(document.paths());
    this.rows = new VersionRows<>(document.rows(), bundled);
    this.clientTables = document.clientTables();
    this.chain = chain;
  }

  /**
   * The matrix and chain on the class path, found through the thread's context class loader, or
   * empty where there is neither {@code schema-guard/compatibility.md} nor {@code
   * schema-guard/revisions.txt}. A chain alone implies the row {@code | current | head | |}.
   *
   * @throws ConfigurationException if one of them is there twice or is malformed
   */
  public static Optional<CompatibilityMatrix> bundled() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return bundled(context == null ? CompatibilityMatrix.class.getClassLoader() : context);
  }

  /** The same, through {@code loader}. */
  public static Optional<CompatibilityMatrix> bundled(ClassLoader loader) {
    return bundled(loader, MatrixSource.MATRIX, MatrixSource.CHAIN);
  }

  /**
   * The same, by other names, as where an application has a matrix for each of its databases.
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
   * The matrix in a file, with the {@code revisions.txt} beside it if there is one. Its row {@code
   * current} does not serve an application that has a version.
   *
   * @throws ConfigurationException if a file cannot be read or is malformed
   */
  public static CompatibilityMatrix file(Path matrix) {
    return MatrixSource.file(requireNonNull(matrix, "matrix"), null);
  }

  /** The same, with the chain in {@code revisions}; never mixed with a bundled one. */
  public static CompatibilityMatrix file(Path matrix, Path revisions) {
    return MatrixSource.file(
        requireNonNull(matrix, "matrix"), requireNonNull(revisions, "revisions"));
  }

  /**
   * The matrix at a URL, with the {@code revisions.txt} beside it if there is one.
   *
   * @param timeout within which everything must have been fetched
   * @throws ConfigurationException if it cannot be fetched in time or is malformed
   */
  public static CompatibilityMatrix url(URI matrix, Duration timeout) {
    return MatrixSource.url(requireNonNull(matrix, "matrix"), requireNonNull(timeout, "timeout"));
  }

  /**
   * Returns the matrix at an address, as a setting gives it; otherwise as {@link #url(URI,
   * Duration)}. No error shows the user, the password or the token that the address holds.
   */
  public static CompatibilityMatrix url(String matrix, Duration timeout) {
    return url(Download.address(requireNonNull(matrix, "matrix")), timeout);
  }

  /**
   * The matrix that a text spells.
   *
   * @param markdown the content of a {@code compatibility.md}
   * @param chain the chain that its references mean, or null for none
   */
  public static CompatibilityMatrix parse(String markdown, @Nullable RevisionChain chain) {
    return parse(markdown, "compatibility.md", true, chain);
  }

  /**
   * The matrix that a text spells, from a place with a name.
   *
   * @param origin where the text comes from, for error messages
   * @param bundled whether it belongs to the application that asks, so that its row {@code current}
   *     serves it
   */
  public static CompatibilityMatrix parse(
      String markdown, String origin, boolean bundled, @Nullable RevisionChain chain) {
    return MatrixSource.parse(
        requireNonNull(markdown, "markdown"), requireNonNull(origin, "origin"), bundled, chain);
  }

  /** The matrix that a chain alone implies: this application expects all of it. */
  public static CompatibilityMatrix ofChain(RevisionChain chain) {
    return builder().row("current", null, null, null).chain(requireNonNull(chain, "chain")).build();
  }

  /** A matrix written in code. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where the document comes from, for messages. */
  public String origin() {
    return origin;
  }

  /** The application's name, which also names its strict variable; empty where none is given. */
  public Optional<String> application() {
    return Optional.ofNullable(application);
  }

  /** Whether revisions that nobody here knows are refused or allowed. */
  public UnknownAhead unknownAhead() {
    return unknownAhead == null ? UnknownAhead.REFUSED : unknownAhead;
  }

  /** Whether the document says so itself; if not, {@link #unknownAhead} is the default. */
  public boolean statesUnknownAhead() {
    return unknownAhead != null;
  }

  /** Which entries of a shared history are ours, as path patterns; empty: all. */
  public List<String> paths() {
    return paths;
  }

  /** The rows, in the document's order. */
  public List<MatrixRow> rows() {
    return rows.all();
  }

  /** Which clients fit which version; read when it is first asked for. */
  public ClientTables clients() {
    ClientTables read = clients;
    if (read == null) {
      read = new ClientTables(clientTables, origin, bundled);
      clients = read;
    }
    return read;
  }

  /** The chain, or empty where only the names in the rows are known. */
  public Optional<RevisionChain> chain() {
    return Optional.ofNullable(chain);
  }

  /**
   * The row that speaks for a version: the exact one; for the application itself then {@code
   * current}; for a version with a qualifier the exact row of its release; then the narrowest
   * wildcard or span; then {@code *}.
   *
   * @param version the version, not necessarily one that can be compared; null where the
   *     application has none
   * @param own whether this is the version of the application that asks, not one asked about;
   *     without a version nothing else can be meant
   */
  public Optional<MatrixRow> rowFor(@Nullable String version, boolean own) {
    return rows.rowFor(version, own);
  }

  /**
   * The row with its references resolved.
   *
   * @throws ConfigurationException if a reference means no revision or several, if the bounds
   *     contradict each other, or if there is no chain
   */
  public ResolvedRow resolve(MatrixRow row) {
    requireNonNull(row, "row");
    if (chain == null) {
      throw new ConfigurationException(
          row.where(),
          "without a chain nobody can tell which revision '" + row.expected() + "' is",
          "Bundle the chain, schema-guard/revisions.txt, or name it.");
    }
    boolean anyLater = MatrixRow.ANY.equals(row.max());
    boolean head = row.expected().equals(MatrixRow.HEAD);
    return new ResolvedRow(
        row,
        chain,
        head ? null : chain.resolve(row.expected(), row.where()),
        row.min() == null ? null : chain.resolve(row.min(), row.where()),
        row.max() == null || anyLater ? null : chain.resolve(row.max(), row.where()));
  }

  private static List<String> normalized(List<String> patterns) {
    List<String> paths = new ArrayList<>(patterns.size());
    for (String pattern : patterns) {
      paths.add(ChangesetKey.normalize(pattern));
    }
    return List.copyOf(paths);
  }

  /** A matrix written in code; a row given here means what the same row of a document means. */
  public static final class Builder {

    private final List<MatrixRow> rows = new ArrayList<>();
    private @Nullable String application;
    private @Nullable UnknownAhead unknownAhead;
    private List<String> paths = List.of();
    private @Nullable RevisionChain chain;

    private Builder() {}

    /** The application's name; it also names the strict variable. */
    public Builder application(String name) {
      application = requireNonNull(name, "name");
      return this;
    }

    /** Whether revisions that nobody here knows are refused, the default, or allowed. */
    public Builder unknownAhead(UnknownAhead answer) {
      unknownAhead = requireNonNull(answer, "answer");
      return this;
    }

    /** Which entries of a shared history are ours, as path patterns. */
    public Builder paths(String... patterns) {
      List<String> named = new ArrayList<>();
      for (String pattern : requireNonNull(patterns, "patterns")) {
        named.add(requireNonNull(pattern, "patterns"));
      }
      paths = named;
      return this;
    }

    /**
     * Adds a row.
     *
     * @param expected null means {@code head}, in the row {@code current} only
     * @param min null: equal to expected
     * @param max null: nobody has said
     */
    public Builder row(
        String version, @Nullable String expected, @Nullable String min, @Nullable String max) {
      rows.add(
          MatrixRow.of(
              requireNonNull(version, "version"), expected, min, max, "row " + (rows.size() + 1)));
      return this;
    }

    /** The chain that the rows' references mean. */
    public Builder chain(RevisionChain revisions) {
      chain = requireNonNull(revisions, "revisions");
      return this;
    }

    /**
     * The matrix.
     *
     * @throws ConfigurationException if it has no row or contradicting ones
     */
    public CompatibilityMatrix build() {
      if (rows.isEmpty()) {
        throw new ConfigurationException(
            "CompatibilityMatrix.builder()", "the matrix has no row", "Add one with row(…).");
      }
      return new CompatibilityMatrix(
          chain == null ? "the programmatic matrix" : chain.origin(),
          true,
          new MatrixParser.Document(application, unknownAhead, paths, rows, List.of()),
          chain);
    }
  }
}
