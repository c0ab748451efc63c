// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine;

/** The command lines that are built for one command, and for all. */
class SubcommandsTest {

  @SuppressWarnings("unused") // The source of the next test's parameters.
  private static final List<String> COMMANDS = Subcommands.NAMES;

  @ParameterizedTest
  @FieldSource("COMMANDS")
  void oneCommandHasTheSameHelpAloneAsAmongAll(String name) {
    CommandLine alone = Subcommands.commandLine(name, "--help");
    CommandLine all = Subcommands.commandLine("--help");

    assertThat(alone.getSubcommands()).containsOnlyKeys(name);
    assertThat(alone.getSubcommands().get(name).getUsageMessage())
        .isEqualTo(all.getSubcommands().get(name).getUsageMessage())
        .startsWith("Usage: schema-guard " + name);
  }

  @Test
  void whateverElseComesFirstIsReadByAllOfThem() {
    for (String first : new String[] {"--help", "chek", "@file", "", "Check"}) {
      assertThat(Subcommands.commandLine(first).getSubcommands().keySet())
          .containsExactlyElementsOf(Subcommands.NAMES);
    }
    assertThat(Subcommands.commandLine().getSubcommands()).hasSize(Subcommands.NAMES.size());
  }
}
