// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The top-level command; {@link Subcommands} adds all others. */
@Command(
    name = "schema-guard",
    description = "May this version of the application run on this database, now?",
    mixinStandardHelpOptions = true,
    versionProvider = SchemaGuardCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:yes",
      " 1:internal error",
      " 2:usage, configuration or matrix; no schema matched",
      " 3:behind",
      " 4:ahead, incompatible or unknown",
      " 5:a migration failed",
      " 6:a migration is in progress",
      " 7:uninitialized",
      " 8:unreachable or unreadable",
      " 9:unknown application version",
      "10:drifted: the schema lacks what this version needs",
      "11:staged: what is pending harms a connected version, has to wait, or cannot be judged",
      "12:recreate: the old version has to be stopped before the migration",
      "13:something is pending, and the server takes no writes"
    },
    footer = {
      "",
      "Database, application and output may come from the environment: --url from"
          + " SCHEMA_GUARD_URL,",
      "--app-version from SCHEMA_GUARD_APP_VERSION, and so on. Begin with: schema-guard demo"
    })
final class SchemaGuardCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command, for instance: demo");
  }

  /** Provides the version that the build wrote into the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"schema-guard " + Objects.requireNonNullElse(version, "(development)")};
    }
  }
}
