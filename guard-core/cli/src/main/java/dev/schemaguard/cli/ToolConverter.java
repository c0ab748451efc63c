// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.history.Tool;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the name of a migration tool, such as {@code golang-migrate}, in any letter case. */
final class ToolConverter implements ITypeConverter<Tool> {

  @Override
  public Tool convert(String value) {
    String name = value.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return Arrays.stream(Tool.values())
        .filter(tool -> tool.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + value
                        + "' is no migration tool that can be read: write one of "
                        + Arrays.stream(Tool.values())
                            .map(Tool::toString)
                            .collect(Collectors.joining(", "))));
  }
}
