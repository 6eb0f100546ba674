/* choose-one: one of the choices. */
lectern.question('choose-one', lectern.choices);
