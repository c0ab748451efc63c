// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.report.CompatibilityGrid;
import dev.schemaguard.report.StatusPage;
import dev.schemaguard.status.MigrationStatus;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code matrix}, which shows the resolved matrix and the position of a database in it.
 */
@Command(
    name = "matrix",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = MatrixProposeCommand.class,
    description = "The resolved matrix; with a database, where it stands.")
final class MatrixCommand implements Callable<Integer> {

  /** The formats of the grid. */
  enum Format {
    TEXT,
    MARKDOWN,
    JSON,
    HTML
  }

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final MatrixOptions application = new MatrixOptions();

  @Option(
      names = "--format",
      paramLabel = "text|markdown|json|html",
      defaultValue = "${env:SCHEMA_GUARD_FORMAT:-text}",
      description = "Form of the result on standard output.")
  private Format format = Format.TEXT;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      defaultValue = "${env:SCHEMA_GUARD_ENVIRONMENT}",
      description = "The environment, such as staging, that the HTML names.")
  private @Nullable String environment;

  @Option(names = "--plain", description = "ASCII only, and no colour.")
  private boolean plain;

  @Option(names = "--stacktrace", description = "Print the stack trace of a failure.")
  @SuppressWarnings("unused") // Failure finds this field by its name.
  private boolean stacktrace;

  @Override
  public Integer call() {
    CompatibilityMatrix matrix = application.matrix();
    CompatibilityGrid grid = CompatibilityGrid.of(matrix);
    MigrationStatus status =
        database.isGiven() ? application.guard(database).build().checkWithLock() : null;
    Output output = new Output(plain);
    GridText text = new GridText(grid, status);
    String result =
        switch (format) {
          case TEXT -> text.terminal(output.wrapping()) + ClientsText.of(matrix.clients());
          case MARKDOWN -> text.markdown();
          case JSON -> GridJson.of(grid, status);
          case HTML -> StatusPage.of(grid, status, named());
        };
    if (format == Format.TEXT) {
      output.print(result);
    } else {
      output.printRaw(result);
    }
    return status == null || status.verdict().isKnown() ? 0 : status.exitCode();
  }

  /** Returns the name of the environment; null if it is blank. */
  private @Nullable String named() {
    return environment == null || environment.isBlank() ? null : environment.strip();
  }
}
