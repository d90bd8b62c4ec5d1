/// The Helm chart, as it is rendered.
@NullMarked
package dev.vitrine.chart;

import org.jspecify.annotations.NullMarked;
