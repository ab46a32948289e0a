"""A small body of texts, made up for these tests: what people might say of life in a town."""

BUSES = """
The 22 bus is never on time and the next one is an hour later
Buses stop running at half past six so I cannot get home from my evening class
We lost our bus stop outside the clinic and it is a long walk for older people
Bus fares have gone up again, a family day ticket costs more than a taxi
The drivers are lovely, they wait for me to sit down before they pull away
No bus on a Sunday means I can't visit my sister in the care home
The bus shelter on Park Street has had no roof since the storm
I would like a bus that goes straight to the hospital without changing in town
My pass only works after half nine but my appointment is at nine
Two buses came together and then nothing for fifty minutes
Young people need cheaper bus tickets to get to college
The bus app says one thing and the bus stop screen says another
"""
LONELINESS = """
Since my husband died I can go four days without talking to anybody
The Thursday lunch club is the only reason I leave the house
It is hard to make friends when you move here and do not know a soul
Loneliness is not only for old people, students feel lonely as well
A befriending volunteer rings me every week and it has saved me
Neighbours used to knock for each other, now nobody says hello
I wish there was somewhere warm to sit and have a chat without paying for coffee
My mum feels isolated because she is the only one on her street who speaks Gujarati
Carers are lonely too, you never get to see your friends
The knitting group gave me company when I had given up hope
You can be surrounded by people and still feel alone
After the baby came I felt cut off from everybody I knew
"""
DOCTORS = """
You ring the surgery at eight and you are number thirty in the queue
I waited three weeks to see my GP about a lump
The receptionist asks what is wrong with you in front of everyone
Online booking for the doctor is fine if you have a computer, I don't
Our practice nurse is brilliant and always explains my tablets
I never see the same doctor twice so I tell my story again and again
Getting a GP appointment is like winning the lottery
They closed the branch surgery and now it is two buses to see a doctor
Please let us book an appointment ahead instead of ringing on the day
The doctor only lets you talk about one problem at a time
An interpreter was not booked so my son had to translate for the doctor
Phone appointments with the GP do not work when you are deaf
"""
PARKS = """
The park is beautiful since volunteers planted the flower beds
Dog mess all over the playing field where the kids have football
We need benches in the park so that people can rest half way round
The swings have been broken since Easter and nobody has mended them
I walk round the lake each morning and it keeps me well
Park gates are locked at four in winter which is far too early
More bins in the park would stop the litter on the grass
A community garden would bring all ages together outdoors
The toilets in the park are always shut
Teenagers have nowhere to sit in the park so they hang about by the shops
The green space behind the flats was sold off for houses
Lighting along the park path would help women feel safe when running
"""
ONLINE = """
Everything is online now and I have never used a computer
My grandson filled in the form for me because the website kept timing out
I am scared of scams so I will not do banking on my phone
The library ran a course on tablets and I can video call my daughter now
Not everyone can afford the internet at home
Council website is a maze, you click and click and end up where you started
Give us a person to talk to instead of a chat robot
I have a smartphone but I do not know how to use half of it
Free wifi in the community centre has been a lifeline for job seekers
Passwords drive me mad, I have a notebook full of them
Digital classes should be in our own language
Older people get left out when you can only book online
"""
LISTENING = """
They ask what we think and then nothing ever changes
The council had already decided before the consultation began
Nobody told us what happened after the last meeting
I filled in three surveys this year and never heard back
It felt good that somebody came to our hall and listened properly
Decisions about our estate are made by people who have never been here
Tell us honestly when you can't do something
Officers listen politely but it goes in one ear and out the other
Meetings are held at times when working people cannot come
We were promised feedback from the consultation and are still waiting
I do not feel heard because English is my second language
You only see a councillor round here when there is an election
"""
HOUSING = """
There is black mould in my daughter's bedroom and the landlord paints over it
I have been on the council housing waiting list for nine years
Rents are so high that my children will have to move away
The lift in our tower block has been out of order for a month
Repairs take for ever, we had no heating over Christmas
Private landlords put the rent up every spring
Damp in the flat makes my asthma worse
We need more bungalows for people who can't manage stairs
Four of us share one bedroom while the house next door stands empty
The housing officer was kind and found us a safe place after the fire
Grab rails took eleven months to be fitted in my bathroom
New houses are being built but none that local families can afford
"""
INFORMATION = """
I did not know the carers centre existed until last month
There should be one leaflet with every group and phone number in it
Noticeboards in the chemist and the mosque reach people that emails never will
Nobody signposts you, you have to find help by yourself
A directory of what is on in the area would be useful
I only heard about the warm hub by accident from a lady at church
Information comes in long letters with words that nobody understands
Social workers change so often that they do not know what is out there either
Please put information in Punjabi and in easy read
You get passed from one service to another and nobody has the answer
The community connector told me about groups that I never knew were there
It would help to have a single number to ring for advice
"""
SUBJECTS = (BUSES, LONELINESS, DOCTORS, PARKS, ONLINE, LISTENING, HOUSING, INFORMATION)
TEXTS = tuple(line for subject in SUBJECTS for line in subject.strip().splitlines())
SUBJECT_OF_TEXT = tuple(
    number for number, subject in enumerate(SUBJECTS) for _ in subject.strip().splitlines()
)
NON_ANSWERS = ("n/a", "Nothing.", " - ", "No comment", "", "don't know")
