// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows after it was sent some characters; as wide as one likes. */
final class Screen {

  private static final Pattern PIECE =
      Pattern.compile("\\e\\[(?:0|1;3[12])m|\\e\\[\\?7[lh]|(\\e\\[K)|(\\r)|(\\n)|([^\\p{Cc}])");

  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int column;

  private Screen() {}

  /** The lines, without those at the end that are empty, but for the first. */
  static List<String> of(String sent) {
    Screen screen = new Screen();
    Matcher piece = PIECE.matcher(sent);
    int end = 0;
    while (piece.find()) {
      if (piece.start() != end) {
        break;
      }
      end = piece.end();
      screen.take(piece);
    }
    if (end != sent.length()) {
      throw new AssertionError("no line needs this: " + sent.substring(end).codePointAt(0));
    }
    List<String> lines =
        screen.lines.stream().map(line -> line.toString().stripTrailing()).toList();
    int last = lines.size();
    while (last > 1 && lines.get(last - 1).isEmpty()) {
      last--;
    }
    return lines.subList(0, last);
  }

  private void take(Matcher piece) {
    StringBuilder line = lines.get(lines.size() - 1);
    if (piece.group(1) != null) {
      line.setLength(Math.min(column, line.length()));
    } else if (piece.group(2) != null) {
      column = 0;
    } else if (piece.group(3) != null) {
      lines.add(new StringBuilder());
    } else if (piece.group(4) != null) {
      line.replace(column, Math.min(column + 1, line.length()), piece.group(4));
      column++;
    }
  }
}
