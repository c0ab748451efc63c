// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

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
    String rest = path.replace('\\', '/');
    String before;
    do {
      before = rest;
      rest = without(rest, "classpath*:");
      rest = without(rest, "classpath:");
      if (rest.length() > 1 && rest.charAt(1) == ':' && Character.isLetter(rest.charAt(0))) {
        rest = rest.substring(2);
      }
      rest = without(rest, "/");
      rest = without(rest, "./");
      rest = without(rest, "BOOT-INF/classes/");
      rest = without(rest, "WEB-INF/classes/");
    } while (rest.length() < before.length());
    return rest.contains("//") || rest.contains("/.") ? resolveDots(rest) : rest;
  }

  private static String without(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String resolveDots(String path) {
    StringBuilder resolved = new StringBuilder(path.length());
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..") && resolved.length() > 0) {
        resolved.setLength(Math.max(0, resolved.lastIndexOf("/")));
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        resolved.append(resolved.length() == 0 ? "" : "/").append(segment);
      }
    }
    return resolved.toString();
  }

  /** The whole key. */
  @Override
  public String toString() {
    return path + SEPARATOR + id + SEPARATOR + author;
  }
}
