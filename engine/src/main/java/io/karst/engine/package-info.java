/// The store as a whole: [Engine] opens it, [Tx] is the only gate to what it holds.
@NullMarked
package io.karst.engine;

import org.jspecify.annotations.NullMarked;
