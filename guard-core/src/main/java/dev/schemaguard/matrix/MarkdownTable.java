// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A table of a Markdown document.
 *
 * @param line the line of the header, counted from 1
 * @param headers the header cells, lower-cased, runs of blanks collapsed
 * @param rows the rows below the delimiter row
 */
record MarkdownTable(int line, List<String> headers, List<Row> rows) {

  /** A row: its line, counted from 1, and its cells without markup. */
  record Row(int line, List<String> cells) {}

  private static final Pattern DELIMITER = Pattern.compile(":?-++:?");
  private static final Pattern BLANKS = Pattern.compile("\\s++");
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  /** All tables of a document, in its order. */
  static List<MarkdownTable> of(List<MarkdownLines.Line> lines) {
    List<MarkdownTable> tables = new ArrayList<>();
    boolean paragraph = false;
    for (int i = 0; i + 1 < lines.size(); i++) {
      boolean indentedCode = !paragraph && isIndented(lines.get(i).text());
      paragraph = !lines.get(i).text().isBlank() && !indentedCode;
      if (!indentedCode && startsTable(lines.get(i).text(), lines.get(i + 1).text())) {
        MarkdownTable table = read(lines, i);
        tables.add(table);
        i += 1 + table.rows().size();
        paragraph = false;
      }
    }
    return tables;
  }

  private static boolean isIndented(String text) {
    return text.startsWith("    ") || text.startsWith("\t");
  }

  private static boolean startsTable(String header, String delimiter) {
    if (!hasPipe(header) || isIndented(delimiter)) {
      return false;
    }
    List<String> marks = split(delimiter);
    return marks.size() == split(header).size()
        && marks.stream().allMatch(mark -> DELIMITER.matcher(mark).matches());
  }

  private static MarkdownTable read(List<MarkdownLines.Line> lines, int header) {
    List<Row> rows = new ArrayList<>();
    for (int i = header + 2; i < lines.size(); i++) {
      MarkdownLines.Line line = lines.get(i);
      if (line.blank() || line.fenced()) {
        break;
      }
      rows.add(
          new Row(line.number(), split(line.text()).stream().map(MarkdownTable::plain).toList()));
    }
    List<String> headers =
        split(lines.get(header).text()).stream()
            .map(cell -> BLANKS.matcher(plain(cell)).replaceAll(" ").toLowerCase(Locale.ROOT))
            .toList();
    return new MarkdownTable(lines.get(header).number(), headers, List.copyOf(rows));
  }

  private static boolean hasPipe(String text) {
    return nextPipe(text, 0) >= 0;
  }

  private static int nextPipe(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '|') {
        return i;
      }
    }
    return -1;
  }

  /** The trimmed cells of a line, still with their markup; outer pipes are optional. */
  private static List<String> split(String line) {
    String text = line.strip();
    List<String> cells = new ArrayList<>();
    int start = text.startsWith("|") ? 1 : 0;
    for (int pipe = nextPipe(text, start); pipe >= 0; pipe = nextPipe(text, start)) {
      cells.add(text.substring(start, pipe).strip());
      start = pipe + 1;
    }
    if (start < text.length() || cells.isEmpty()) {
      cells.add(text.substring(start).strip());
    }
    return cells;
  }

  /** A cell's text: backslashes before punctuation and one pair of enclosing backticks removed. */
  static String plain(String cell) {
    boolean code = cell.length() > 1 && cell.startsWith("`") && cell.endsWith("`");
    String text = code ? cell.substring(1, cell.length() - 1).strip() : cell;
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean escape =
          text.charAt(i) == '\\'
              && i + 1 < text.length()
              && PUNCTUATION.indexOf(text.charAt(i + 1)) >= 0;
      plain.append(text.charAt(escape ? ++i : i));
    }
    return plain.toString();
  }
}
