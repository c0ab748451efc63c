// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import liquibase.resource.CompositeResourceAccessor;
import liquibase.resource.Resource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Provides the files of a changelog, and limits the expansion of aliases in YAML and JSON.
 * Liquibase copies the value of each alias, and nested aliases multiply. The parser's own limit of
 * 50 aliases does not prevent this. Not thread-safe.
 */
@SuppressWarnings("try") // close() declares Exception; no accessor used here blocks in it
final class BoundedYaml extends CompositeResourceAccessor {

  private static final Pattern YAML = Pattern.compile(".*\\.(?:ya?ml|json)");

  private final Set<URI> read = new HashSet<>();

  /**
   * {@inheritDoc}
   *
   * @throws ConfigurationException if the aliases of such a file expand to too many values
   */
  @Override
  public List<Resource> getAll(String path) throws IOException {
    List<Resource> all = super.getAll(path);
    if (all != null && YAML.matcher(path.toLowerCase(Locale.ROOT)).matches()) {
      for (Resource resource : all) {
        if (resource.exists() && read.add(resource.getUri())) {
          requireBounded(resource, path);
        }
      }
    }
    return all;
  }

  private static void requireBounded(Resource resource, String path) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    try (InputStream in = resource.openInputStream();
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      YamlExpansion expansion = new YamlExpansion();
      new Yaml(options).parse(text).forEach(expansion::add);
      if (expansion.isTooLarge()) {
        throw new ConfigurationException(
            path,
            "its YAML aliases stand for more than " + YamlExpansion.MOST + " values, the limit",
            "Write out the values that the aliases (*name) repeat, above all aliases within"
                + " aliased values.");
      }
    } catch (YAMLException e) {
      // Liquibase reports the error with its line.
    }
  }
}
