// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code check}, which reports whether this version can run on this database now. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "May this version run on this database now? Exit 0 exactly if it may.")
final class CheckCommand implements Callable<Integer> {

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final TenantOptions tenants = new TenantOptions();
  @Mixin private final MatrixOptions application = new MatrixOptions();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    MigrationStatus status;
    try (ProgressLine progress = ProgressLine.begin(output)) {
      status = tenants.guard(application, database, progress, output).build().check();
    }
    new StatusText(output).print(status);
    return status.exitCode();
  }
}
