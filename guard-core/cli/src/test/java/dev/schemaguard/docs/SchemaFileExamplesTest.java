// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Document.Block;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema files that the documents show. */
class SchemaFileExamplesTest {

  static Stream<Block> files() {
    return Document.guides().flatMap(document -> document.blocks("schema").stream());
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileReadsAsTheGeneratorWritesIt(Block file) {
    String text = SchemaFile.parse(file.text(), file.place()).text();

    assertThat(withoutComments(text)).isEqualTo(withoutComments(file.text()));
  }

  private static String withoutComments(String text) {
    return text.replaceAll("(?m)^#.*\n", "").strip();
  }
}
