// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.settings.Flag;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a flag as environment variables give it; an empty one is off. */
final class FlagConverter implements ITypeConverter<Boolean> {

  @Override
  public Boolean convert(String value) {
    try {
      return !value.isBlank() && Flag.isOn("", value, "");
    } catch (ConfigurationException e) {
      throw new TypeConversionException(e.reason() + ": write 1, true, yes or on, or 0 for no");
    }
  }
}
