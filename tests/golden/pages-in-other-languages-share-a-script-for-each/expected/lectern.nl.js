/* the script, with the words of this language */
