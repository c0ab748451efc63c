// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Document.Block;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  private static final Document README = Document.of("README.md");

  @Test
  void isShort() {
    assertThat(README.lines()).hasSizeLessThanOrEqualTo(120);
  }

  @Test
  void showsTheRefusalThatTheGuardPrints() {
    String shown =
        README.blocks("").stream()
            .map(Block::text)
            .filter(text -> text.startsWith("Schema Guard refused"))
            .findFirst()
            .orElseThrow();
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), 9);
    IncompatibleSchemaException refusal =
        catchThrowableOfType(
            IncompatibleSchemaException.class,
            () ->
                Statewave.guard(database.dataSource(), "0.6.0")
                    .mode(Mode.STRICT)
                    .build()
                    .enforce());
    assertThat(anywhereAnytime(shown).strip()).isEqualTo(anywhereAnytime(refusal.text()));
  }

  private static String anywhereAnytime(String problem) {
    return problem
        .replaceFirst("(?m)^database  .*$", "database  …")
        .replaceFirst("applied .* \\(database time\\)", "applied … (database time)");
  }
}
