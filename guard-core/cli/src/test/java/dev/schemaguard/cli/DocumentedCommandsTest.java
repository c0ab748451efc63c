// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Document.Block;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The command lines, options and variables that the documents name. */
class DocumentedCommandsTest {

  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:java -jar \\S*schema-guard-cli\\.jar|\\bschema-guard) (?![a-z]*[-.])(.*)");
  private static final Pattern VARIABLE = Pattern.compile("\\w*(?:SCHEMA_GUARD|_STRICT)_\\w+");

  static Stream<String> commands() {
    return Document.guides()
        .flatMap(document -> document.blocks().stream())
        .filter(block -> block.language().matches("sh(?: .*)?|yaml"))
        .flatMap(block -> commands(block).stream());
  }

  /** The arguments of each command; a list of YAML is read as if it were a line of a shell. */
  private static List<String> commands(Block block) {
    String text = block.text().replaceAll("\", \"|\\[\"|\"]", " ").replace("\\\n", " ");
    return COMMAND
        .matcher(text.replace(" && ", "\n"))
        .results()
        .map(result -> result.group(1).replaceFirst("\\s+[>#|].*", "").strip())
        .toList();
  }

  @Test
  void thereAreMany() {
    assertThat(commands()).hasSizeGreaterThan(15).contains("init", "preflight", "demo");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandCanBeParsed(String command) {
    assertThatCode(() -> commandLine().parseArgs(words(command))).doesNotThrowAnyException();
  }

  /** The words of a command; double quotes keep blanks. */
  private static String[] words(String command) {
    return Pattern.compile("\"[^\"]*\"|\\S+")
        .matcher(command)
        .results()
        .map(word -> word.group().replace("\"", ""))
        .toArray(String[]::new);
  }

  @Test
  void theGuideNamesEveryCommandAndOption() {
    String guide = String.join("\n", Document.of("docs/reference/command-line.md").lines());
    assertThat(commandLine().getSubcommands().keySet())
        .filteredOn(command -> !guide.contains("| `" + command + "` |"))
        .isEmpty();
    assertThat(options().map(OptionSpec::longestName).distinct())
        .filteredOn(name -> !Set.of("--help", "--version").contains(name))
        .filteredOn(name -> !Pattern.compile(name + "(?![\\w-])").matcher(guide).find())
        .isEmpty();
  }

  @Test
  void theGuideGivesTheExitCodesOfTheHelp() {
    Document.Table table =
        Document.of("docs/reference/command-line.md").tables("exit code", "meaning").get(0);
    List<String> help =
        commandLine().getCommandSpec().usageMessage().exitCodeList().entrySet().stream()
            .map(code -> code.getKey().strip() + " " + code.getValue())
            .toList();
    assertThat(table.rows().stream().map(row -> row.get(0) + " " + row.get(1)).toList())
        .containsExactlyElementsOf(help);
  }

  @Test
  void everyVariableThatTheDocumentsNameIsAskedFor() {
    Set<String> named =
        Document.guides()
            .flatMap(document -> document.lines().stream())
            .flatMap(line -> VARIABLE.matcher(line).results())
            .map(MatchResult::group)
            .filter(name -> !name.matches("(?:ORDERS|MY_ORDERS)_STRICT_SCHEMA"))
            // The launcher reads it, before there is a JVM.
            .filter(name -> !name.equals("SCHEMA_GUARD_JAVA_OPTS"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> askedFor = new TreeSet<>();
    options().forEach(option -> askedFor.addAll(variables(option)));
    SchemaGuard.builder(H2.database().dataSource())
        .matrix(Statewave.matrix())
        .environment(
            name -> {
              askedFor.add(name);
              return null;
            })
        .build();
    // Those of the migration tools are in their own documentation.
    askedFor.removeIf(name -> !VARIABLE.matcher(name).matches());
    assertThat(named).isEqualTo(askedFor);
  }

  private static CommandLine commandLine() {
    return Subcommands.commandLine();
  }

  private static Stream<OptionSpec> options() {
    return commandLine().getSubcommands().values().stream()
        .flatMap(command -> command.getCommandSpec().options().stream());
  }

  /** The variables of the annotation; the model has their values instead. */
  private static List<String> variables(OptionSpec option) {
    return option.userObject() instanceof AnnotatedElement field
            && field.isAnnotationPresent(CommandLine.Option.class)
        ? Pattern.compile("\\$\\{env:(\\w+)")
            .matcher(field.getAnnotation(CommandLine.Option.class).defaultValue())
            .results()
            .map(result -> result.group(1))
            .toList()
        : List.of();
  }
}
