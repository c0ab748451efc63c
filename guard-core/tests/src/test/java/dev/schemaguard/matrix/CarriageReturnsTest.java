// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.structure.SchemaFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bundled files mean the same if Git on Windows has given their lines a carriage return. */
class CarriageReturnsTest {

  private static String windows(String text) {
    return text.replace("\n", "\r\n");
  }

  private static List<Revision.Condition> conditions(CompatibilityMatrix matrix) {
    return matrix.conditions(
        error -> {
          throw error;
        });
  }

  @Test
  void inTheChain() {
    String text = "# generated\n1\talias=1_a\tretired\n2\n3\toptional\n";

    RevisionChain chain = RevisionChain.parse(windows(text), "revisions.txt");

    assertThat(chain.revisions()).isEqualTo(RevisionChain.parse(text, "revisions.txt").revisions());
  }

  @Test
  void inTheMatrix() {
    String text =
        """
        Application: orders
        Unknown ahead: intact

        | App version | Expected | Min | Max |
        |-------------|----------|-----|-----|
        | 1.0.x | 2 | 1 | any |

        | Revision | Requires |
        |----------|----------|
        | 2 | all is copied: `SELECT count(*) = 0 FROM jobs` |
        """;
    RevisionChain chain = RevisionChain.parse("1\n2\n", "revisions.txt");
    CompatibilityMatrix unix = CompatibilityMatrix.parse(text, chain);

    CompatibilityMatrix matrix = CompatibilityMatrix.parse(windows(text), chain);

    assertThat(matrix.application()).hasValue("orders");
    assertThat(matrix.unknownAhead()).isEqualTo(UnknownAhead.INTACT);
    assertThat(matrix.rows()).isEqualTo(unix.rows());
    assertThat(conditions(matrix)).isEqualTo(conditions(unix)).hasSize(1);
  }

  @Test
  void inTheSchemaFile() {
    String text =
        """
        since 1
        leave-out audit_%

        table orders
          amount numeric(10,2) default\tsince=2
          id bigint not null identity
          legacy text\tunused
          key (id)
        """;

    SchemaFile file = SchemaFile.parse(windows(text), "schema.postgresql.txt");

    assertThat(file).isEqualTo(SchemaFile.parse(text, "schema.postgresql.txt"));
  }
}
