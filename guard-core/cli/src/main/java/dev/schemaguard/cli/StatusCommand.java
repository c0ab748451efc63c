// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code status}, which shows the state of the database. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Where does this database stand? Exit 0 if that could be determined.")
final class StatusCommand implements Callable<Integer> {

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final TenantOptions tenants = new TenantOptions();
  @Mixin private final MatrixOptions application = new MatrixOptions();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    MigrationStatus status;
    try (ProgressLine progress = ProgressLine.begin(output)) {
      status = tenants.guard(application, database, progress, output).build().checkWithLock();
    }
    new StatusText(output).print(status);
    return status.verdict().isKnown() ? 0 : status.exitCode();
  }
}
