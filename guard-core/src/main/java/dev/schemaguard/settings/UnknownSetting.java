// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.text.EditDistance;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A setting that does not exist, because its name is misspelt or belongs to another version.
 *
 * @param place where it was found, with its name
 * @param nearest the existing name that is closest to it
 */
public record UnknownSetting(String place, String nearest) {

  /**
   * Returns the unknown setting with its nearest existing name.
   *
   * @param name the name as it was written
   * @param known the names that exist, written in the same way; not empty
   */
  public static UnknownSetting of(String place, String name, Collection<String> known) {
    return new UnknownSetting(
        place, EditDistance.nearest(name, known, Function.identity(), 1).get(0));
  }

  /** Returns the error that reports all of them. */
  public static ConfigurationException error(List<UnknownSetting> all) {
    return new ConfigurationException(
        joined(all, UnknownSetting::place),
        "there is no such setting",
        (all.size() == 1
                ? "Correct its name or remove it; the nearest is "
                : "Correct their names or remove them; the nearest are ")
            + joined(all, UnknownSetting::nearest)
            + ".");
  }

  private static String joined(List<UnknownSetting> all, Function<UnknownSetting, String> part) {
    return all.stream().map(part).distinct().collect(Collectors.joining(", "));
  }
}
