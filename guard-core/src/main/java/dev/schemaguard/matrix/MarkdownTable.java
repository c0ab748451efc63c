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
 * @param titles the header cells as written, without markup
 * @param headers the titles in lower case, with runs of blanks collapsed
 * @param rows the rows below the delimiter row
 */
record MarkdownTable(int line, List<String> titles, List<String> headers, List<Row> rows) {

  /** A row: its line number, counted from 1, the line as written, and its cells without markup. */
  record Row(int line, String text, List<String> cells) {}

  private static final Pattern DELIMITER = Pattern.compile(":?-++:?");
  private static final Pattern BLANKS = Pattern.compile("\\s++");
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  /** Returns all tables of a document, in its order. */
  static List<MarkdownTable> of(List<MarkdownLines.Line> lines) {
    List<MarkdownTable> tables = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (startsTable(lines, i)) {
        MarkdownTable table = read(lines, i);
        tables.add(table);
        i += 1 + table.rows().size();
      }
    }
    return tables;
  }

  private static boolean startsTable(List<MarkdownLines.Line> lines, int header) {
    if (header + 1 >= lines.size() || !hasPipe(lines.get(header))) {
      return false;
    }
    MarkdownLines.Line delimiter = lines.get(header + 1);
    if (delimiter.kind() != MarkdownLines.Kind.TEXT || delimiter.text().indexOf('-') < 0) {
      return false;
    }
    List<String> marks = written(delimiter.text());
    for (String mark : marks) {
      if (!DELIMITER.matcher(mark).matches()) {
        return false;
      }
    }
    return marks.size() == written(lines.get(header).text()).size();
  }

  private static MarkdownTable read(List<MarkdownLines.Line> lines, int header) {
    List<Row> rows = new ArrayList<>();
    for (int i = header + 2; i < lines.size(); i++) {
      MarkdownLines.Line line = lines.get(i);
      if (line.kind() == MarkdownLines.Kind.BLANK
          || line.kind() == MarkdownLines.Kind.FENCED
          || (startsTable(lines, i) && SchemaHeaders.nameVersions(headers(cells(line))))) {
        break;
      }
      rows.add(new Row(line.number(), line.text(), cells(line)));
    }
    List<String> titles = cells(lines.get(header));
    return new MarkdownTable(
        lines.get(header).number(), titles, headers(titles), List.copyOf(rows));
  }

  /** Returns the number of the table's last line. */
  int lastLine() {
    return line + 1 + rows.size();
  }

  /** Returns cells as headers: in lower case, with runs of blanks collapsed. */
  static List<String> headers(List<String> cells) {
    List<String> headers = new ArrayList<>(cells.size());
    for (String cell : cells) {
      headers.add(BLANKS.matcher(cell).replaceAll(" ").toLowerCase(Locale.ROOT));
    }
    return List.copyOf(headers);
  }

  /** Returns the cells of a line, without markup. */
  static List<String> cells(MarkdownLines.Line line) {
    List<String> cells = new ArrayList<>();
    for (String cell : written(line.text())) {
      cells.add(plain(cell));
    }
    return List.copyOf(cells);
  }

  /** Returns whether the line is text and contains a pipe that is not escaped by a backslash. */
  static boolean hasPipe(MarkdownLines.Line line) {
    return line.kind() == MarkdownLines.Kind.TEXT && nextPipe(line.text(), 0) >= 0;
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

  /** Returns the trimmed cells of a line, still with their markup. Outer pipes are optional. */
  static List<String> written(String line) {
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

  /**
   * Returns a cell's text without backslashes before punctuation and without one pair of enclosing
   * backticks.
   */
  static String plain(String cell) {
    String text = withoutBackticks(cell);
    if (text.indexOf('\\') < 0) {
      return text;
    }
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

  /** Returns the content if {@code text} is one code span, else {@code text} itself. */
  static String withoutBackticks(String text) {
    boolean code =
        text.length() > 2 && text.startsWith("`") && text.indexOf('`', 1) == text.length() - 1;
    return code ? text.substring(1, text.length() - 1).strip() : text;
  }
}
