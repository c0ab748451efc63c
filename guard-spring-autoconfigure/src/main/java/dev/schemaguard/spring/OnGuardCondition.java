// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.EffectiveMode;
import dev.schemaguard.settings.EnvironmentVariables;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches if there is something to guard: a database, and a matrix, a revision chain or any
 * setting. A setting without a matrix is an error that must be reported, not a reason to be
 * inactive.
 */
final class OnGuardCondition extends SpringBootCondition implements ConfigurationCondition {

  /**
   * This phase is late enough for the DataSources of the application and of Spring Boot to be
   * known.
   */
  @Override
  public ConfigurationPhase getConfigurationPhase() {
    return ConfigurationPhase.REGISTER_BEAN;
  }

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConditionMessage.Builder message = ConditionMessage.forCondition("Schema Guard");
    if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                    Objects.requireNonNull(context.getBeanFactory()), DataSource.class, true, false)
                .length
            == 0
        && !isUrlSet(context.getEnvironment())) {
      return ConditionOutcome.noMatch(
          message.because("there is no DataSource, and no setting names a database"));
    }
    if (context.getBeanFactory().getBeanNamesForType(SchemaGuards.class, true, false).length > 0) {
      return ConditionOutcome.match(message.because("the application has guards of its own"));
    }
    return isWanted(context.getEnvironment(), context.getResourceLoader())
        ? ConditionOutcome.match(message.because("there is a matrix, a chain or a setting"))
        : ConditionOutcome.noMatch(message.because("there is no matrix, no chain and no setting"));
  }

  /** Returns whether the application has a matrix, a revision chain or a setting. */
  static boolean isWanted(Environment environment, ResourceLoader resources) {
    return isBundled(resources) || isConfigured(environment);
  }

  /** Returns whether a setting of the guard or of a migrator names a database. */
  private static boolean isUrlSet(Environment environment) {
    return settings(environment).keySet().stream()
            .anyMatch(name -> name.equals("url") || name.matches("guards\\..+\\.url"))
        || Stream.of("spring.liquibase.url", "spring.flyway.url")
            .anyMatch(name -> StringUtils.hasText(environment.getProperty(name)));
  }

  private static boolean isBundled(ResourceLoader loader) {
    return loader.getResource("classpath:schema-guard/compatibility.md").exists()
        || loader.getResource("classpath:schema-guard/revisions.txt").exists();
  }

  private static boolean isConfigured(Environment environment) {
    Map<String, String> settings = settings(environment);
    settings.remove("enabled");
    return !settings.isEmpty() || isStrict(environment);
  }

  /** Returns every setting of the guard, by its name without the prefix. */
  private static Map<String, String> settings(Environment environment) {
    return new HashMap<>(
        Binder.get(environment)
            .bind(BoundSettings.PREFIX, Bindable.mapOf(String.class, String.class))
            .orElse(Map.of()));
  }

  /**
   * Strict mode without a matrix must be refused, so a variable that selects strict mode counts as
   * a setting.
   */
  private static boolean isStrict(Environment environment) {
    String application = environment.getProperty("spring.application.name");
    try {
      EnvironmentVariables variables = EnvironmentVariables.of(environment::getProperty);
      return EffectiveMode.of(Mode.WARN, application, variables).mode() == Mode.STRICT;
    } catch (ConfigurationException e) {
      return true;
    }
  }
}
