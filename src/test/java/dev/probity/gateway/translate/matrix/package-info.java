/**
 * What survives the way from one dialect to another, tried out for every pair; the page {@code
 * docs/reference/dialects.md} is written from it.
 */
package dev.probity.gateway.translate.matrix;
