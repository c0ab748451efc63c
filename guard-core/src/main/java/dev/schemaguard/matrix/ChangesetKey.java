// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The identity that Liquibase gives a changeset, written {@code path::id::author}: the path up to
 * the first {@code ::}, the author after the last.
 *
 * @param path the changelog's path, {@linkplain #normalize normalised}
 * @param id the changeset's id
 * @param author the changeset's author
 */
public record ChangesetKey(String path, String id, String author) {

  private static final String SEPARATOR = "::";
  private static final List<String> PREFIXES =
      List.of("classpath*:", "classpath:", "/", "./", "BOOT-INF/classes/", "WEB-INF/classes/");

  /** A key with its path normalised. */
  public ChangesetKey {
    path = normalize(path);
  }

  /** The key that {@code name} spells, or empty where it is no whole key. */
  public static Optional<ChangesetKey> parse(String name) {
    int first = name.indexOf(SEPARATOR);
    int last = name.lastIndexOf(SEPARATOR);
    return first < 0 || last < first + SEPARATOR.length()
        ? Optional.empty()
        : Optional.of(
            new ChangesetKey(
                name.substring(0, first),
                name.substring(first + SEPARATOR.length(), last),
                name.substring(last + SEPARATOR.length())));
  }

  /** Whether path, id and author all say something; Liquibase has no changeset without them. */
  boolean isWhole() {
    return !path.isBlank() && !id.isBlank() && !author.isBlank();
  }

  /** {@code name} with its path normalised if it is a whole key, else {@code name} itself. */
  public static String canonical(String name) {
    return parse(name).map(ChangesetKey::toString).orElse(name);
  }

  /**
   * A changelog's path without what depends on who ran it: {@code classpath:}, {@code
   * BOOT-INF/classes/} or {@code WEB-INF/classes/}, a drive letter, a leading slash, {@code .} and
   * {@code ..} segments, backslashes. Liquibase's own {@code DatabaseChangeLog.normalizePath} does
   * the same but for the folders inside an archive.
   */
  public static String normalize(String path) {
    String rest = withoutPrefixes(path.replace('\\', '/'));
    if (!rest.contains("//") && !rest.contains("/.")) {
      return rest;
    }
    // What stood behind a/.. may be a prefix in its turn.
    String resolved = withoutDots(rest);
    return resolved.length() < rest.length() ? normalize(resolved) : resolved;
  }

  private static String withoutPrefixes(String path) {
    int start = 0;
    for (int before = -1; start > before; ) {
      before = start;
      for (String prefix : PREFIXES) {
        start += path.startsWith(prefix, start) ? prefix.length() : 0;
      }
      start += isDrive(path, start) ? 2 : 0;
    }
    return path.substring(start);
  }

  private static boolean isDrive(String text, int at) {
    return at + 1 < text.length()
        && text.charAt(at + 1) == ':'
        && "abcdefghijklmnopqrstuvwxyz".indexOf(text.charAt(at) | 0x20) >= 0;
  }

  private static String withoutDots(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      boolean up = segment.equals("..");
      if (up && !segments.isEmpty() && !segments.getLast().equals("..")) {
        segments.removeLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return String.join("/", segments);
  }

  /** The whole key. */
  @Override
  public String toString() {
    return path + SEPARATOR + id + SEPARATOR + author;
  }
}
