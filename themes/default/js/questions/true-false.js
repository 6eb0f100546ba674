/* true-false: a statement that is one or the other. */
lectern.question('true-false', { ...lectern.choices, shuffle() {} });
