// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Documents that a grammar builds, all of them good, and what becomes of them by accident. */
public final class GeneratedDocuments {

  private static final List<String> PIECES =
      List.of(
          "|",
          "\n",
          "\r\n",
          "\r",
          "\t",
          " ",
          "`",
          "```",
          "~~~",
          "<!--",
          "-->",
          "\\",
          ">",
          "#",
          "-",
          "- ",
          "*",
          "**/",
          "_",
          ":",
          "::",
          ",",
          ".",
          "=",
          "x",
          "0",
          "1.0",
          "v",
          "head",
          "any",
          "current",
          "\n\n",
          "|---|---|",
          "Application:",
          "Unknown ahead:",
          "Paths:",
          "App version",
          "Expected",
          "Min",
          "optional",
          "retired",
          "parents=",
          "was=",
          "replaced-by=",
          "alias=",
          "dbms=",
          "requires-app",
          ">=",
          "\uFEFF",
          "\u00A0",
          "\u200B",
          "\u2028",
          "\u0085",
          "\u0000",
          "\uD83D",
          "ä",
          "١",
          "/../",
          "classpath:",
          " - ",
          "+build",
          "-SNAPSHOT",
          "-3-gabc");
  private static final List<String> PROSE =
      List.of(
          "Every release names what it was built for.",
          "Paths are none, `a | b`. <!-- a comment --> See 1.0.x.",
          "```sql\nselect 1 | 2\n```",
          "~~~\nApplication: nobody\n~~~",
          "    indented | code",
          "<!--\n| App version | Expected |\n|---|---|\n| 9 | 9 |\n-->",
          "1. A list\n   > with a quotation",
          "## Clients",
          "---");
  private static final List<String> CLIENTS =
      List.of("| Server version | Python SDK |\n|---|---|\n| 1.0.x | 0.9.x - 1.1.x |");
  private static final List<String> PARTS = List.of("0", "1", "1", "2", "3", "10", "007", "99999");
  private static final List<String> QUALIFIERS =
      List.of(
          "",
          "",
          "",
          "-SNAPSHOT",
          "-rc.1",
          "-rc.2",
          "-rc.10",
          "-rc",
          "-1",
          "-01",
          "-alpha.beta",
          "-0",
          "+7",
          "+build.8",
          "-3-gabc",
          "-4-gdef-dirty",
          "-rc.1-3-gabc",
          "-rc.1+7");
  private static final int MEGABYTE = 1_000_000;

  private final Random random;

  /** Documents of one seed: always the same, in the same order. */
  public GeneratedDocuments(long seed) {
    random = new Random(seed);
  }

  /** A chain: lines with every attribute, some by id and some by whole key. */
  public String chain() {
    int size = 2 + random.nextInt(12);
    List<String> names =
        IntStream.range(0, size)
            .mapToObj(i -> String.format("%04d_%s", i, oneOf("add", "drop", "x-y", "Ä")))
            .map(id -> chance(2) ? id : "db/" + oneOf("a", "b/c") + ".yaml::" + id + "::me")
            .toList();
    StringBuilder text = new StringBuilder(chance(3) ? "# generated\n" : "");
    for (int i = 0; i < size; i++) {
      List<String> attributes = attributes(names, i);
      Collections.shuffle(attributes, random);
      attributes.add(0, names.get(i));
      text.append(String.join("\t", attributes)).append(chance(9) ? "\n\n" : "\n");
    }
    return text.toString();
  }

  private List<String> attributes(List<String> names, int i) {
    List<String> attributes = new ArrayList<>();
    add(attributes, 4, "alias=v" + i + (chance(2) ? ",slug " + i : ""));
    add(attributes, 4, "parents=" + String.join(",", subset(names.subList(0, i))));
    add(attributes, 5, "dbms=" + oneOf("h2", "!h2", "postgresql,mariadb", "all", "none"));
    add(attributes, 6, "optional");
    add(attributes, 6, "was=old_" + i);
    add(attributes, 6, "was=old/path.xml::older " + i + "::me");
    add(attributes, 6, "retired");
    if (i + 1 < names.size()) {
      add(attributes, 6, "replaced-by=" + names.get(i + 1 + random.nextInt(names.size() - i - 1)));
    }
    return attributes;
  }

  private void add(List<String> attributes, int oneIn, String attribute) {
    if (chance(oneIn)) {
      attributes.add(attribute);
    }
  }

  /** A matrix: settings, prose, one or two schema tables, their rows apart from each other. */
  public String matrix() {
    List<String> blocks = new ArrayList<>();
    blocks.add("# Schema compatibility");
    addProse(blocks);
    List<String> settings =
        new ArrayList<>(
            List.of(
                "Application: " + oneOf("orders", "Order service", "`statewave`", "a\\_b"),
                "Unknown ahead: " + oneOf("refused", "allowed", "`Allowed`"),
                "Paths: " + oneOf("**", "db/**,old/*.xml", "`db/a?.yaml`", "classpath:db/x")));
    Collections.shuffle(settings, random);
    blocks.add(String.join("\n", settings.subList(0, random.nextInt(settings.size() + 1))));
    addProse(blocks);
    List<String> labels = labels();
    int first = 1 + random.nextInt(labels.size());
    blocks.add(table(labels.subList(0, first)));
    addProse(blocks);
    if (first < labels.size()) {
      blocks.add(table(labels.subList(first, labels.size())));
    }
    return blocks.stream()
        .filter(block -> !block.isEmpty())
        .collect(Collectors.joining("\n\n", chance(9) ? "\uFEFF" : "", "\n"));
  }

  private void addProse(List<String> blocks) {
    while (chance(2)) {
      blocks.add(chance(8) ? CLIENTS.get(0) : PROSE.get(random.nextInt(PROSE.size())));
    }
  }

  private String table(List<String> labels) {
    List<String> headers =
        new ArrayList<>(
            List.of(
                oneOf("App version", "Application  version"),
                oneOf("Expected", "expected head revision", "`Expected revision`")));
    for (String optional :
        List.of(oneOf("Min", "Minimum revision"), oneOf("MAX", "Max compatible"), "Notes")) {
      add(headers, 2, optional);
    }
    Collections.shuffle(headers, random);
    // Without a pipe before it, what begins with a star or dash would be a list.
    boolean framed = chance(2) || labels.contains("*") || headers.get(0).equals("Notes");
    List<List<String>> lines = new ArrayList<>(List.of(headers));
    lines.add(headers.stream().map(header -> oneOf("---", ":--", "--:", ":-:")).toList());
    for (String label : labels) {
      lines.add(headers.stream().map(header -> cell(header, label)).toList());
    }
    return lines.stream()
        .map(cells -> String.join(oneOf("|", " | ", "  |\t"), cells))
        .map(line -> framed ? "| " + line + " |" : line)
        .collect(Collectors.joining("\n"));
  }

  private String cell(String header, String label) {
    String reference = oneOf("0001", "`0001`", "0001\\_add", "v1", "tag:v1", "1", "0000");
    return switch (header.replace("`", "").charAt(0)) {
      case 'A' -> chance(5) ? "`" + label + "`" : label;
      case 'e', 'E' -> label.equals("current") && chance(2) ? "head" : reference;
      case 'M' -> header.equals("MAX") && chance(2) ? "any" : reference;
      default -> oneOf("a note", "\\|", "*bold*", "-", "see [1](x)");
    };
  }

  /** Labels of rows no two of which are equal or overlap without one holding the other. */
  private List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (int major = 0; major < 3; major++) {
      add(labels, 2, oneOf("", "v") + major + ".1.0" + oneOf("", "-rc.1", "+7"));
      add(labels, 2, major + ".2");
      add(labels, 2, major + ".2." + oneOf("x", "X", "*"));
      add(labels, 2, major + ".0 - " + major + ".3." + oneOf("x", "7"));
      add(labels, 2, major + ".x");
    }
    add(labels, 2, "0.x - 2.x");
    add(labels, 2, "*");
    if (labels.isEmpty() || chance(2)) {
      labels.add("current");
    }
    Collections.shuffle(labels, random);
    return labels;
  }

  /** A version, most of whose parts come from so few that it meets its equals. */
  public String version() {
    String numbers =
        IntStream.range(0, 1 + random.nextInt(4))
            .mapToObj(i -> PARTS.get(random.nextInt(PARTS.size())))
            .collect(Collectors.joining("."));
    return oneOf("", "", "v") + numbers + QUALIFIERS.get(random.nextInt(QUALIFIERS.size()));
  }

  /** What one cell of the App version column may hold. */
  public String label() {
    return switch (random.nextInt(5)) {
      case 0 -> version() + " - " + version();
      case 1 -> version() + oneOf(".x", ".x.x", ".*");
      case 2 -> oneOf("*", "current");
      case 3 -> version() + ".x - " + version() + ".X";
      default -> version();
    };
  }

  /** A comment with a requires-app marker. */
  public String comment() {
    return oneOf("", " ", "\t")
        + oneOf("requires-app", "Requires-App", "REQUIRES-APP")
        + oneOf(" ", ">=", " >= ", "  ", " >=")
        + version()
        + oneOf("", ".", ",", ";", ")")
        + oneOf("", " ", " drops x", "\nrequires nothing else");
  }

  /** A path pattern, or with few letters a path. */
  public String path(boolean pattern) {
    String[] parts =
        pattern
            ? new String[] {"a", "b", "/", "*", "**", "**/", "?", "x.y", "(", "é"}
            : new String[] {"a", "b", "/", "x.y", "(", "é", "\n"};
    return IntStream.range(0, 1 + random.nextInt(8))
        .mapToObj(i -> oneOf(parts))
        .collect(Collectors.joining());
  }

  /** The text with one to three accidents of lines and characters. */
  public String mutated(String text) {
    return mutated(text, text);
  }

  /** The same, some of it out of another text. */
  public String mutated(String text, String other) {
    String mutated = text;
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      mutated =
          switch (random.nextInt(8)) {
            case 0 -> withLinesMoved(mutated);
            case 1 -> spliced(mutated, other);
            case 2 -> mutated.substring(0, random.nextInt(mutated.length() + 1));
            default -> withCharactersChanged(mutated);
          };
    }
    return mutated;
  }

  private String withLinesMoved(String text) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    int at = random.nextInt(lines.size());
    int to = random.nextInt(lines.size());
    switch (random.nextInt(3)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(to, lines.get(at));
      default -> Collections.swap(lines, at, to);
    }
    return String.join("\n", lines);
  }

  private String spliced(String text, String other) {
    return text.substring(0, random.nextInt(text.length() + 1))
        + other.substring(random.nextInt(other.length() + 1));
  }

  private String withCharactersChanged(String text) {
    StringBuilder changed = new StringBuilder(text);
    int from = random.nextInt(changed.length() + 1);
    int to = Math.min(changed.length(), from + random.nextInt(1 + random.nextInt(20)));
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    switch (random.nextInt(5)) {
      case 0 -> changed.delete(from, to);
      case 1 -> changed.insert(from, piece);
      case 2 -> changed.replace(from, to, piece);
      case 3 -> changed.replace(from, to, "" + (char) random.nextInt(0x10000));
      default -> changed.insert(from, changed.substring(from, to));
    }
    return changed.toString();
  }

  /** The bytes with some bits of up to three of them flipped. */
  public byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  /** The text with a part of it, or a piece, repeated until it is a megabyte. */
  public String megabyteOf(String text) {
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + 1 + random.nextInt(60));
    String piece = oneOf(text.substring(from, to), PIECES.get(random.nextInt(PIECES.size())));
    String room = piece.repeat((MEGABYTE - text.length()) / piece.length());
    return text.substring(0, from) + room + text.substring(from);
  }

  private List<String> subset(List<String> names) {
    return names.stream().filter(name -> chance(3)).toList();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
