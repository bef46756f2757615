/** Classes that break the house rules on purpose, to show that the rules' tests can fail. */
package planted;
