/// What a key can hold: the types, and their serialised form.
@NullMarked
package io.karst.value;

import org.jspecify.annotations.NullMarked;
