// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.fleet.Fleet;
import dev.schemaguard.status.Verdict;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is running? */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Which versions are connected to this database now, by the marks on their connections?",
      "Exit 0 if all connections could be seen."
    })
final class FleetCommand implements Callable<Integer> {

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final MatrixOptions application = new MatrixOptions();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    Fleet fleet = application.fleet(database);
    if (output.isJson()) {
      output.printRaw(fleet.toJson());
    } else {
      print(fleet);
    }
    return fleet.isTold() ? 0 : Verdict.UNREADABLE.exitCode();
  }

  private void print(Fleet fleet) {
    for (Fleet.Instances each : fleet.instances()) {
      output.printLine(
          each.mark().application()
              + " "
              + each.mark().version()
              + "  "
              + RunningText.connections(each.connections()));
    }
    if (fleet.sight() != Fleet.Sight.NONE) {
      output.print("without a mark  " + RunningText.connections(fleet.unmarked()));
    }
    if (fleet.notSeen() != null) {
      output.printLine("not seen: " + fleet.notSeen());
    }
  }
}
