/// What was measured, beside the goals, as a table for people and as CSV.
@NullMarked
package io.karst.bench.report;

import org.jspecify.annotations.NullMarked;
