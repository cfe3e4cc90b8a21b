/** Given and family names of people from many places, without accents (as logins have them). */
export const GIVEN_NAMES: readonly string[] = (
  'Aaliyah Abebe Adaeze Aditi Agnieszka Ahmed Aiko Ama Amina Ana Andrei Anh Anika Antoine Arjun Astrid Ayse ' +
  'Beatriz Bilal Blessing Camila Carlos Chiara Chidi Chloe Daniel Deepa Diego Dilnoza Dmitri Ebba Eduardo Eilidh ' +
  'Elif Emeka Emma Esra Fatima Femi Finn Freya Gabriela Giulia Grace Hana Haruto Hassan Helena Ibrahim Ines Ioana ' +
  'Isla Ivan Jakub Jamila Javier Jing Joao Jonas Kaito Karim Katarzyna Keiko Kwame Lars Laszlo Leila Leon Lina ' +
  'Lucia Lukas Mai Malik Marek Maria Mateo Mei Mina Mohammed Nadia Naledi Nikhil Noor Nora Olga Omar Oskar Pablo ' +
  'Paulina Pedro Priya Rahel Ravi Rosa Sana Sander Sara Selin Siobhan Sofia Stefan Sunita Tadeo Tariq Thabo ' +
  'Thandiwe Tuan Uma Valentina Viktor Wei Wanjiru Yara Yuki Yusuf Zainab Zofia'
).split(' ')

export const FAMILY_NAMES: readonly string[] = (
  'Abara Achterberg Adeyemi Aguilar Ahmadi Alvarez Andersson Aoki Asante Baker Banerjee Barbosa Bauer Bekele ' +
  'Bianchi Bjork Boateng Botha Boyle Campos Castillo Chanda Chen Choi Cohen Costa Dang Das Delgado Demir Desai ' +
  'Diallo Dlamini Dubois Eriksen Eze Farah Farkas Ferrari Fischer Fofanah Fonseca Garcia Ghosh Gomes Grant Gupta ' +
  'Haddad Halvorsen Hansen Hashimoto Hernandez Hoang Horvat Hussain Ibekwe Ito Jansen Jensen Joshi Kamau Kang ' +
  'Karlsson Kaya Keller Khan Kim Kiplagat Kowalska Kumar Larsen Leclerc Lim Lindqvist Lopez Mahlangu Malik ' +
  'Martens Mensah Meyer Mishra Moreau Murphy Mwangi Nagy Nakamura Ndiaye Nguyen Novak Obi Oconnor Okafor Olsen ' +
  'Osei Otieno Ozturk Park Patel Pereira Petrov Popescu Qureshi Rahman Ramos Rossi Said Sato Schmidt Sharma ' +
  'Silva Singh Stewart Suzuki Svensson Takahashi Tan Tesfaye Torres Tran Vargas Visser Wagner Walker Wang Weber ' +
  'Wierzba Wongsakul Yamamoto Yilmaz Zhang Zulu'
).split(' ')
