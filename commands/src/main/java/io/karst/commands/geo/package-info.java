/// Places on the earth, as sorted sets: the score of a member is the number of the cell of a grid
/// that its place is in.
///
/// [Cell] is that number, [Place] longitude and latitude, [Area] what a search looks for,
/// [Neighborhood] the cells that cover it, [SearchRequest] what a client asks for, and [Nearby]
/// what is found.
@NullMarked
package io.karst.commands.geo;

import org.jspecify.annotations.NullMarked;
