/* categorize: items sorted into groups. */
lectern.question('categorize', lectern.rows);
