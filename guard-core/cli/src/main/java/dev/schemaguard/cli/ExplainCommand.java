// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.text.EditDistance;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * The command {@code explain}, which shows the documentation page of a problem without network
 * access.
 */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Explain a problem code: its causes, what to do and what not to do. Without a code, list all."
    })
final class ExplainCommand implements Callable<Integer> {

  private static final String PREFIX = "GUARD-";
  private static final int NEAREST = 3;

  @Parameters(
      arity = "0..1",
      paramLabel = "CODE",
      description = "The code, as a message shows it in brackets: GUARD-BEHIND.")
  private @Nullable String code;

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    if (code == null) {
      int width = ProblemPages.codes().stream().mapToInt(String::length).max().orElse(0) + 2;
      ProblemPages.codes().forEach(each -> output.printLine(each, width, ProblemPages.title(each)));
      return 0;
    }
    String wanted = normal(code);
    output.print(MarkdownReader.text(ProblemPages.page(wanted).orElseThrow(() -> unknown(wanted))));
    return 0;
  }

  /**
   * Normalises a code, which may be in any letter case, in brackets as in messages, and without the
   * prefix.
   */
  private static String normal(String given) {
    String upper = given.strip().replaceAll("^\\[|]$", "").toUpperCase(Locale.ROOT);
    return upper.startsWith(PREFIX) ? upper : PREFIX + upper;
  }

  private ConfigurationException unknown(String wanted) {
    List<String> nearest =
        EditDistance.nearest(wanted, ProblemPages.codes(), Function.identity(), NEAREST);
    return new ConfigurationException(
        "explain",
        "there is no problem with the code " + code,
        "Check the code; the nearest are "
            + String.join(", ", nearest)
            + ". Run explain without a code to list all.");
  }
}
