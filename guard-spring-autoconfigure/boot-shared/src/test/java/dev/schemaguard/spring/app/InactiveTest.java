// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.testing.H2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Where there is nothing to guard, the application starts as if the dependency were not there. */
@ExtendWith(OutputCaptureExtension.class)
class InactiveTest {

  private static long lines(CapturedOutput output) {
    return output.getOut().lines().filter(line -> line.contains("Schema Guard")).count();
  }

  @Test
  void withoutMatrixAndSettingOneLineSaysSo(CapturedOutput output) {
    Hidden.with(H2.database())
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SchemaGuards.class));

    assertThat(output)
        .contains("Schema Guard is inactive: there is neither schema-guard/revisions.txt nor");
    assertThat(lines(output)).isEqualTo(1);
  }

  @Test
  void withoutDataSourceOneLineSaysSo(CapturedOutput output) {
    Contexts.withoutDatabase()
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SchemaGuards.class));

    assertThat(output).contains("Schema Guard is inactive: there is no DataSource");
    assertThat(lines(output)).isEqualTo(1);
  }

  /** As where a test puts a DataSource into the context by hand. */
  @Test
  void aDataSourceThatComesTooLateIsTold(CapturedOutput output) {
    Contexts.withoutDatabase()
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    beans -> beans.registerSingleton("late", H2.database().dataSource())))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SchemaGuards.class));

    assertThat(output).contains("Schema Guard is inactive: the DataSource was not defined yet");
  }

  @Test
  void oneSwitchTurnsAllOfItOff(CapturedOutput output) {
    Contexts.with(H2.database())
        .withPropertyValues("schema-guard.enabled=false", "schema-guard.mode=strict")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SchemaGuards.class));

    assertThat(lines(output)).isZero();
  }

  @Test
  void aRunForTheQuestionAloneNeverStartsAnApplicationThatHasNothingToAsk() {
    Contexts.withoutDatabase()
        .withPropertyValues("schema-guard.only=check")
        .run(
            context ->
                assertThat(Contexts.refusal(context.getStartupFailure()))
                    .satisfies(
                        refusal ->
                            assertThat(refusal.description())
                                .contains("there is nothing to ask: there is no DataSource"))
                    .extracting("exitCode")
                    .isEqualTo(2));
  }
}
