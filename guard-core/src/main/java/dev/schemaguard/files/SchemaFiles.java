// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.files;

import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one test that an application adds: it keeps {@code schema-guard/revisions.txt} fresh, and
 * checks the matrix beside it.
 *
 * <pre>{@code
 * @Test
 * void schemaGuardFilesAreCurrent() {
 *   SchemaFiles.liquibase("db/changelog/master.yaml").contexts("prod").verify();
 * }
 * }</pre>
 *
 * <p>On a developer's machine it rewrites the file and fails once, asking to commit it. Where the
 * environment variable {@code CI} is set, to anything but {@code false}, it writes nothing. The
 * migration tool must be on the test class path. Not thread-safe.
 */
public final class SchemaFiles {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaFiles.class);
  private static final String FOLDER = "schema-guard";
  private static final int LINES_SHOWN = 20;

  private final String changelog;
  private final ClassLoader loader = contextLoader();
  private UnaryOperator<LiquibaseSources> options = UnaryOperator.identity();
  private Path resources = Path.of("src", "main", "resources");
  private Map<String, String> environment = System.getenv();

  private SchemaFiles(String changelog) {
    this.changelog = changelog;
  }

  /**
   * The files of an application that migrates with Liquibase.
   *
   * @param changelog the changelog as the application names it, looked for on the class path, then
   *     in the resources directory
   */
  public static SchemaFiles liquibase(String changelog) {
    return new SchemaFiles(changelog);
  }

  /**
   * The contexts of production; what they exclude is optional. Without a filter all is required.
   */
  public SchemaFiles contexts(String filter) {
    return with(sources -> sources.contexts(filter));
  }

  /** The label expression of production; what it excludes is optional. */
  public SchemaFiles labels(String filter) {
    return with(sources -> sources.labels(filter));
  }

  /** A value for {@code ${name}} in the changelog. */
  public SchemaFiles parameter(String name, String value) {
    return with(sources -> sources.parameter(name, value));
  }

  /**
   * The directory that holds, or shall hold, {@code schema-guard/revisions.txt}; without this
   * {@code src/main/resources} below the working directory.
   */
  public SchemaFiles in(Path resourcesDirectory) {
    resources = resourcesDirectory;
    return this;
  }

  SchemaFiles environment(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  /**
   * Compares the files with the migrations. Warnings are logged.
   *
   * @throws AssertionError if the chain is not current or the matrix contradicts it; all that is
   *     wrong is told at once
   * @throws ConfigurationException if the migrations or the chain cannot be read
   */
  public void verify() {
    requireResources();
    Path file = resources.resolve(FOLDER).resolve("revisions.txt");
    List<SourceRevision> sources = sources();
    ChainUpdate update = ChainFile.read(file).update(sources);
    update.requireNothingVanished();
    List<String> problems = new ArrayList<>();
    if (!update.isCurrent()) {
      problems.add(refresh(file, update));
    }
    update.notes().forEach(LOG::warn);
    problems.addAll(matrixProblems(update, sources));
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n\n", problems));
    }
  }

  private List<SourceRevision> sources() {
    String path = ChangesetKey.normalize(changelog);
    LiquibaseSources sources =
        loader.getResource(path) == null && Files.exists(resources.resolve(path))
            ? LiquibaseSources.directory(resources, path)
            : LiquibaseSources.classPath(loader, path);
    return options.apply(sources).read();
  }

  private String refresh(Path file, ChainUpdate update) {
    String difference = "\n" + shown(update.difference());
    if (isContinuousIntegration()) {
      return file
          + " is not current. Run "
          + caller()
          + " where CI is not set, and commit what it writes: "
          + update.summary()
          + difference;
    }
    update.writeTo(file);
    return file + ": " + update.summary() + ", commit it" + difference;
  }

  private List<String> matrixProblems(ChainUpdate update, List<SourceRevision> sources) {
    try {
      MatrixVerification verification =
          MatrixVerification.of(matrix(update.chain()), sources, update.newRevisions());
      verification.warnings().forEach(LOG::warn);
      return verification.errors().stream().map(Throwable::getMessage).toList();
    } catch (ConfigurationException e) {
      return List.of(Objects.requireNonNullElse(e.getMessage(), e.what()));
    }
  }

  private CompatibilityMatrix matrix(RevisionChain chain) {
    Path file = resources.resolve(FOLDER).resolve("compatibility.md");
    String markdown = new TextFile(file).read();
    return markdown == null
        ? CompatibilityMatrix.ofChain(chain)
        : CompatibilityMatrix.parse(markdown, file.toString(), true, chain);
  }

  private void requireResources() {
    if (!Files.isDirectory(resources)) {
      throw new ConfigurationException(
          resources.toString(),
          "there is no such directory below " + Path.of("").toAbsolutePath(),
          "Name the one that holds schema-guard/revisions.txt, or shall hold it, with in(Path).");
    }
  }

  private boolean isContinuousIntegration() {
    String value = environment.getOrDefault("CI", "").strip();
    return !value.isEmpty() && !value.equalsIgnoreCase("false");
  }

  private SchemaFiles with(UnaryOperator<LiquibaseSources> option) {
    UnaryOperator<LiquibaseSources> before = options;
    options = sources -> option.apply(before.apply(sources));
    return this;
  }

  /** The test class that calls this, as build tools take it. */
  private static String caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.map(StackWalker.StackFrame::getClassName).filter(n -> !isOwn(n)).findFirst())
        .map(name -> name.replaceFirst("\\$.*", ""))
        .orElse("this test");
  }

  private static boolean isOwn(String className) {
    return className.equals(SchemaFiles.class.getName());
  }

  private static String shown(List<String> difference) {
    String shown = difference.stream().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
    int more = difference.size() - LINES_SHOWN;
    return more <= 0 ? shown : shown + "\nand " + more + " more";
  }

  private static ClassLoader contextLoader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? SchemaFiles.class.getClassLoader() : context;
  }
}
