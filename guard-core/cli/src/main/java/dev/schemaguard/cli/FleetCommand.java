// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.status.Verdict;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The command {@code connectedVersions}, which shows the versions that are connected to a database.
 */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Which versions are connected to this database now, by the tags on their connections?",
      "Exit 0 if all connections could be seen."
    })
final class FleetCommand implements Callable<Integer> {

  @Mixin private final DatabaseOptions database = new DatabaseOptions();
  @Mixin private final MatrixOptions application = new MatrixOptions();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    ConnectedVersions connectedVersions = application.connectedVersions(database);
    if (output.isJson()) {
      output.printRaw(connectedVersions.toJson());
    } else {
      print(connectedVersions);
    }
    return connectedVersions.isKnown() ? 0 : Verdict.UNREADABLE.exitCode();
  }

  private void print(ConnectedVersions connectedVersions) {
    for (ConnectedVersions.Instances each : connectedVersions.instances()) {
      output.printLine(
          each.tag().application()
              + " "
              + each.tag().version()
              + "  "
              + RunningText.connections(each.connections()));
    }
    if (connectedVersions.visibility() != ConnectedVersions.Visibility.NONE) {
      output.print("untagged  " + RunningText.connections(connectedVersions.untagged()));
    }
    if (connectedVersions.notSeen() != null) {
      output.printLine("not seen: " + connectedVersions.notSeen());
    }
  }
}
