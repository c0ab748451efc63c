// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.MatrixRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of the matrix while its rows are drafted, with its own columns and its rows as written.
 */
final class TableDraft {

  private static final Pattern PIPE = Pattern.compile("(?<!\\\\)\\|");
  private static final String MAX = "Max compatible revision";

  private final List<String> headers;
  private final List<List<String>> rows = new ArrayList<>();

  private TableDraft(List<String> headers) {
    this.headers = new ArrayList<>(headers);
  }

  /** Returns a table with this header line; if it is null, with the default headers. */
  static TableDraft of(@Nullable String line) {
    return new TableDraft(
        line == null
            ? List.of("App version", "Expected head revision", "Min compatible revision", MAX)
            : cells(line));
  }

  /** Adds an existing row by its line; if the line is null, from its known values. */
  void keep(MatrixRow row, @Nullable String line, @Nullable String max) {
    List<String> cells =
        line == null
            ? cells(row.label(), row.expected(), row.min(), row.max())
            : new ArrayList<>(cells(line));
    while (cells.size() < headers.size()) {
      cells.add("");
    }
    rows.add(cells);
    if (max != null) {
      cells.set(maxColumn(), max);
    }
  }

  /** Inserts a new row at a position. */
  void insert(int place, String version, String expected) {
    rows.add(Math.min(place, rows.size()), cells(version, expected, expected, null));
  }

  int size() {
    return rows.size();
  }

  private List<String> cells(
      String version, String expected, @Nullable String min, @Nullable String max) {
    return headers.stream()
        .map(header -> header.replace("`", "").strip().toLowerCase(Locale.ROOT))
        .map(
            header ->
                header.startsWith("app")
                    ? version
                    : header.startsWith("expected")
                        ? expected
                        : header.startsWith("min") ? min : header.startsWith("max") ? max : null)
        .map(cell -> Objects.requireNonNullElse(cell, ""))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Returns the index of the Max column, which is added if the table has none. */
  private int maxColumn() {
    int known = column("max");
    if (known >= 0) {
      return known;
    }
    int place = Math.max(column("expected"), column("min")) + 1;
    headers.add(place, MAX);
    rows.forEach(row -> row.add(place, ""));
    return place;
  }

  private int column(String start) {
    return IntStream.range(0, headers.size())
        .filter(i -> headers.get(i).replace("`", "").toLowerCase(Locale.ROOT).startsWith(start))
        .findFirst()
        .orElse(-1);
  }

  private static List<String> cells(String line) {
    String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("(?<!\\\\)\\|$", "");
    return Arrays.stream(PIPE.split(inner, -1)).map(String::strip).toList();
  }

  /** Returns the table as Markdown. */
  String markdown() {
    List<Integer> widths =
        IntStream.range(0, headers.size())
            .mapToObj(
                i ->
                    Math.max(
                        headers.get(i).length(),
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0)))
            .toList();
    StringBuilder text = new StringBuilder(line(headers, widths, " "));
    text.append(line(headers.stream().map(header -> "").toList(), widths, "-"));
    rows.forEach(row -> text.append(line(row, widths, " ")));
    return text.toString();
  }

  private static String line(List<String> cells, List<Integer> widths, String fill) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> fill + cells.get(i) + fill.repeat(widths.get(i) - cells.get(i).length() + 1))
        .collect(Collectors.joining("|", "|", "|\n"));
  }
}
