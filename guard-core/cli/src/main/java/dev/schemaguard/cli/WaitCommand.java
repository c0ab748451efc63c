// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.status.MigrationStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code wait}, which repeats the check until the schema is compatible. */
@Command(
    name = "wait",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Wait until this version may run on this database, at most --timeout; for init containers.",
      "Ends at once where waiting cannot help, with the exit code of the last answer."
    })
final class WaitCommand implements Callable<Integer> {

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final TenantOptions tenants = new TenantOptions();
  @Mixin private final MatrixOptions application = new MatrixOptions();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    SchemaGuard guard =
        tenants.guard(application, database.waiting(), TenantOptions.UNSEEN, output).build();
    MigrationStatus status;
    try (WaitReport report = report()) {
      status = guard.await(database.timeout(), report::changed);
    }
    new StatusText(output).print(status);
    return status.exitCode();
  }

  private WaitReport report() {
    WaitingText text = new WaitingText(database.timeout());
    return Terminal.ofStandardError()
        .<WaitReport>map(terminal -> StatusLine.begin(terminal, output, text))
        .orElseGet(() -> new ChangeLines(output, text));
  }
}
