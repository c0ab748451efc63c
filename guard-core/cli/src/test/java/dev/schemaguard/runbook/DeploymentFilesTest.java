// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.schemaguard.cli.CommandLineRun;
import dev.schemaguard.testing.Document;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files to copy: what they say of Schema Guard is so. */
class DeploymentFilesTest {

  private static final String ALL_WORDS =
      String.join("\n", Document.of("docs/reference/command-line.md").lines());
  private static final String SPRING_BOOT =
      String.join("\n", Document.of("docs/reference/spring-boot.md").lines());
  private static final Pattern COMMAND = Pattern.compile("schema-guard-cli\\.jar ([^|\n]*)");
  private static final Pattern VARIABLE = Pattern.compile("\\bSCHEMA_GUARD_\\w+");
  private static final Pattern PROPERTY = Pattern.compile("--schema-guard\\.([\\w-]+)=(\\w+)");

  static Stream<DeploymentFile> files() {
    return DeploymentFile.all();
  }

  @Test
  void areAllInTheRunbook() {
    String runbook = String.join("\n", Document.of("docs/runbook.md").lines());
    assertThat(files()).hasSize(8).allMatch(file -> runbook.contains("(deploy/" + file + ")"));
  }

  static Stream<String> commands() {
    return files()
        .map(
            file ->
                file.text().replaceAll("(?m)^ *#.*$|^COPY .*$", "").replaceAll("\", \"|\"]", " "))
        .flatMap(text -> COMMAND.matcher(text).results())
        .map(command -> command.group(1).strip());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandCanBeParsed(String command) {
    assertThatCode(() -> CommandLineRun.parse(command.split("\\s+"))).doesNotThrowAnyException();
  }

  @Test
  void commandsAreAFewAndDifferent() {
    assertThat(commands().map(command -> command.replaceFirst(" .*", "")).distinct())
        .containsExactlyInAnyOrder("preflight", "wait", "verify", "check", "launcher");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyVariableIsOneOfTheCommandLineOrASettingOfSpringBoot(DeploymentFile file) {
    assertThat(VARIABLE.matcher(file.text()).results().map(MatchResult::group).distinct())
        .allMatch(
            name ->
                ALL_WORDS.contains("`" + name + "`")
                    || (name.equals("SCHEMA_GUARD_MODE") && SPRING_BOOT.contains("| `mode` |")));
  }

  @Test
  void everyPropertyIsASettingWithThatValue() {
    List<MatchResult> properties =
        files().flatMap(file -> PROPERTY.matcher(file.text()).results()).toList();
    assertThat(properties)
        .hasSize(2)
        .allMatch(property -> SPRING_BOOT.contains("--schema-guard." + property.group(1) + "="))
        .allMatch(property -> SPRING_BOOT.contains("=" + property.group(2)));
  }

  @Test
  void theSchemaIsOneOfTheReadinessGroupAsTheDocumentSays() {
    Object included =
        DeploymentFile.of("kubernetes-spring-boot.yaml")
            .values("MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE")
            .get(0);
    assertThat(SPRING_BOOT)
        .contains("management.endpoint.health.group.readiness.include=" + included + "\n");
  }

  @Test
  void readinessAloneAsksForTheSchema() {
    for (DeploymentFile file : files().filter(each -> each.name().startsWith("kube")).toList()) {
      assertThat(file.values("readinessProbe").toString())
          .containsPattern("path=/(readyz|actuator/health/readiness),");
      assertThat(file.values("livenessProbe").toString() + file.values("startupProbe"))
          .doesNotContainPattern("ready|readiness|health,")
          .containsPattern("path=/(healthz|actuator/health/liveness),.*path=");
    }
  }

  @Test
  void aJobIsTriedAgainExactlyWhereTimeMayCureIt() {
    List<String> codes =
        Document.of("docs/reference/command-line.md")
            .tables("exit code", "meaning")
            .get(0)
            .column("exit code");
    DeploymentFile file = DeploymentFile.of("kubernetes.yaml");
    Map<?, ?> rule = (Map<?, ?>) file.values("onExitCodes").get(0);
    Set<String> curable = Set.of("0", "6", "8");
    assertThat(((List<?>) rule.get("values")).stream().map(Object::toString))
        .containsExactlyElementsOf(codes.stream().filter(code -> !curable.contains(code)).toList());
    assertThat(rule.get("containerName")).isEqualTo("preflight");
    assertThat(file.values("initContainers").toString()).contains("name=preflight", "name=schema");
    assertThat(DeploymentFile.of("gitlab-ci.yml").values("exit_codes")).containsExactly(6, 8);
  }

  @Test
  void everyLinkIntoTheRunbookLeadsToASection() {
    List<Object> links = DeploymentFile.of("alerts.yaml").values("runbook");
    assertThat(links).hasSize(13);
    assertThat(links)
        .extracting(link -> link.toString().replace("docs/runbook.md#", ""))
        .allMatch(Document.of("docs/runbook.md").anchors()::contains);
  }
}
