// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ClientTables;
import dev.schemaguard.text.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** Formats the client tables for a terminal, with their original text and aligned columns. */
final class ClientsText {

  private static final String INDENT = "  ";

  private ClientsText() {}

  /** Returns a section to append to other text; empty if there is no client table. */
  static String of(ClientTables clients) {
    StringBuilder text = new StringBuilder();
    for (ClientTables.Table table : clients.tables()) {
      text.append(text.isEmpty() ? "\n\nClients\n" : "\n");
      List<List<String>> lines = new ArrayList<>(table.rows());
      lines.add(0, table.headers());
      for (List<String> line : lines) {
        text.append('\n').append(aligned(line, lines));
      }
    }
    return text.toString();
  }

  private static String aligned(List<String> line, List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      String cell = VisibleText.of(line.get(i));
      text.append(INDENT).append(cell).append(" ".repeat(width(lines, i) - cell.length()));
    }
    return text.toString().stripTrailing();
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream()
        .filter(line -> column < line.size())
        .mapToInt(line -> VisibleText.of(line.get(column)).length())
        .max()
        .orElse(0);
  }
}
