/* matching: each thing on the left belongs to one on the right. */
lectern.question('matching', lectern.rows);
