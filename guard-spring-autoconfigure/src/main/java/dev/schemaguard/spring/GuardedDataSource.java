// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The DataSource of a guard.
 *
 * @param main whether it is the one that Spring Boot's own settings speak of
 */
record GuardedDataSource(DataSource dataSource, boolean main) {

  /**
   * The DataSource bean of that name, or where none is named the only or the primary one.
   *
   * @param setting the setting that names it, for messages
   * @throws ConfigurationException if there is no such bean, or several and none is primary
   */
  static GuardedDataSource find(ListableBeanFactory beans, @Nullable String name, String setting) {
    DataSource main = beans.getBeanProvider(DataSource.class).getIfUnique();
    if (name == null) {
      if (main == null) {
        throw new ConfigurationException(
            setting,
            "there are several DataSources and none is primary: " + names(beans),
            "Name the one to guard, or each of them under schema-guard.guards.");
      }
      return new GuardedDataSource(main, true);
    }
    if (!beans.containsBean(name) || !beans.isTypeMatch(name, DataSource.class)) {
      throw new ConfigurationException(
          setting,
          "'" + name + "' is no DataSource; there are " + names(beans),
          "Write the name of a DataSource bean.");
    }
    DataSource named = beans.getBean(name, DataSource.class);
    return new GuardedDataSource(named, named.equals(main));
  }

  private static String names(ListableBeanFactory beans) {
    String[] names =
        BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, DataSource.class, true, false);
    Arrays.sort(names);
    return String.join(", ", names);
  }
}
